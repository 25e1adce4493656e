/** Words with variables, an example for each that Meta's reviewers read, and what fills it in. */
import { Textarea } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { namesIn } from '@/shared/templates/parts'
import { Counted } from './Counted'
import { Examples } from './Examples'
import classes from './editor.module.css'
import type { Words } from './pieces'

interface WordsFieldProps {
  words: Words
  label: string
  most: number
  rows: number
  help?: string
  error: string | undefined
  isReadOnly: boolean
  /** How a variable is called where several fields have one of its name. */
  called?: (name: string) => string
  onChange: (part: Partial<Words>) => void
}

export function WordsField(props: WordsFieldProps) {
  const { words, label, most, rows, help, error, isReadOnly, called, onChange } = props
  const { t } = useTranslation('templates')
  const { body } = words
  return (
    <>
      <Textarea
        label={<Counted label={label} text={body} most={most} />}
        description={help}
        autosize
        minRows={rows}
        maxRows={14}
        value={body}
        error={error}
        onChange={(event) => onChange({ body: event.currentTarget.value })}
      />
      {!isReadOnly && (
        <button
          type="button"
          className={classes.insert}
          onClick={() => onChange({ body: `${body}{{${nextNumber(body)}}}` })}
        >
          {t('addVariable')}
        </button>
      )}
      <Examples words={words} onChange={onChange} {...(called && { called })} />
    </>
  )
}

function nextNumber(text: string): number {
  return Math.max(0, ...namesIn(text).map(Number).filter(Number.isFinite)) + 1
}
