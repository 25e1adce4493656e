/** The fields of a template, with their limits and what WhatsApp would say against them. */
import { Autocomplete, Select, TextInput } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { ButtonsField } from './ButtonsField'
import { CardsField } from './CardsField'
import { Counted } from './Counted'
import { type Draft, LANGUAGES, SHAPES, type Shape } from './draft'
import classes from './editor.module.css'
import { HeaderFields } from './HeaderFields'
import { LIMITS } from './pieces'
import { WordsField } from './WordsField'

export type Problems = Record<string, string[]>

interface EditorFieldsProps {
  draft: Draft
  problems: Problems
  /** WhatsApp has it: its name, language and category stay. */
  isKnown: boolean
  isReadOnly: boolean
  onChange: (part: Partial<Draft>) => void
}

export function EditorFields({ draft, problems, isKnown, isReadOnly, onChange }: EditorFieldsProps) {
  const { t } = useTranslation('templates')
  const said = useProblems(problems)
  const { name, language, category, shape, footer } = draft
  return (
    <div className={classes.fields}>
      <TextInput
        label={t('name')}
        description={t('nameHelp')}
        placeholder="order_update"
        maxLength={LIMITS.name}
        disabled={isKnown}
        value={name}
        error={said('name')}
        onChange={(event) =>
          onChange({ name: event.currentTarget.value.toLowerCase().replace(/[^a-z0-9_]/g, '_') })
        }
      />
      <div className={classes.pair}>
        <Autocomplete
          label={t('language')}
          placeholder="pt_BR"
          data={LANGUAGES}
          disabled={isKnown}
          value={language}
          error={said('language')}
          onChange={(value) => onChange({ language: value.trim() })}
        />
        <Select
          label={t('category')}
          data={(['utility', 'marketing'] as const).map((value) => ({
            value,
            label: t(`categories.${value}`),
          }))}
          disabled={isKnown}
          value={category}
          onChange={(value) => value && onChange({ category: value as Draft['category'] })}
          allowDeselect={false}
        />
      </div>
      <p className="hd-muted">{t(`categoryHelp.${category}`)}</p>
      <Select
        label={t('shape')}
        description={t(`shapeHelp.${shape}`)}
        data={SHAPES.map((value) => ({ value, label: t(`shapes.${value}`) }))}
        value={shape}
        onChange={(value) => value && onChange({ shape: value as Shape })}
        allowDeselect={false}
        disabled={isKnown || isReadOnly}
      />
      {shape === 'message' && (
        <HeaderFields draft={draft} error={said('header')} isReadOnly={isReadOnly} onChange={onChange} />
      )}
      <WordsField
        words={draft}
        label={t('body')}
        most={LIMITS.body}
        rows={4}
        help={t('bodyHelp', { open: '{{', close: '}}' })}
        error={said('body')}
        isReadOnly={isReadOnly}
        onChange={onChange}
      />
      {shape === 'cards' ? (
        <CardsField draft={draft} said={said} isReadOnly={isReadOnly} onChange={onChange} />
      ) : (
        <>
          <TextInput
            label={<Counted label={t('footer')} text={footer} most={LIMITS.footer} />}
            value={footer}
            error={said('footer')}
            onChange={(event) => onChange({ footer: event.currentTarget.value })}
          />
          <ButtonsField
            buttons={draft.buttons}
            said={said}
            isReadOnly={isReadOnly}
            onChange={(buttons) => onChange({ buttons })}
          />
        </>
      )}
    </div>
  )
}

/** The words for what is wrong at a place. */
export function useProblems(problems: Problems): (place: string) => string | undefined {
  const { t, exists } = useTranslation('templates')
  return (place) =>
    problems[place]
      ?.map((code) => (exists(`templates:problems.${code}`) ? t(`problems.${code}`) : code))
      .join(' ') || undefined
}
