/** For each variable an example that Meta's reviewers read, and what fills it in unless a sender writes another. */
import { Autocomplete, TextInput } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { namesIn } from '@/shared/templates/parts'
import { VARIABLES } from '@/shared/variables/queries'
import classes from './editor.module.css'
import type { Words } from './pieces'

const TAGS = VARIABLES.map((name) => `{{${name}}}`)

interface ExamplesProps {
  words: Words
  called?: (name: string) => string
  onChange: (part: Partial<Words>) => void
}

export function Examples({ words: { body, examples, defaults }, called, onChange }: ExamplesProps) {
  const { t } = useTranslation('templates')
  const names = namesIn(body)
  if (names.length === 0) return null
  return (
    <fieldset className={classes.examples}>
      <legend className={classes.legend}>{t('variables')}</legend>
      <p className="hd-muted">{t('variablesHelp')}</p>
      {names.map((name) => (
        <div key={name} className={classes.example}>
          <code className={classes.tag}>{`{{${name}}}`}</code>
          <TextInput
            aria-label={t('exampleOf', { name: called?.(name) ?? name })}
            placeholder={t('example')}
            value={examples[name] ?? ''}
            onChange={(event) => onChange({ examples: { ...examples, [name]: event.currentTarget.value } })}
          />
          <Autocomplete
            aria-label={t('filledWith', { name: called?.(name) ?? name })}
            placeholder={t('filled')}
            data={TAGS}
            filter={({ options, search }) => (search === '' || search.includes('{') ? options : [])}
            value={defaults[name] ?? ''}
            onChange={(text) => onChange({ defaults: { ...defaults, [name]: text } })}
          />
        </div>
      ))}
    </fieldset>
  )
}
