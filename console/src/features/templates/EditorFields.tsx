/** The fields of a template, with their limits and what WhatsApp would say against them. */
import { Autocomplete, Select, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { HeaderFile } from '@/shared/templates/HeaderFile'
import { namesIn } from '@/shared/templates/parts'
import { ButtonsField } from './ButtonsField'
import { type Draft, HEADERS, type HeaderKind, LANGUAGES, LIMITS } from './draft'
import { Examples } from './Examples'
import classes from './editor.module.css'

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
  const { name, language, category, headerKind, body, footer } = draft
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
        label={t('header')}
        data={HEADERS.map((value) => ({ value, label: t(`headers.${value}`) }))}
        value={headerKind}
        error={headerKind === 'location' || headerKind === 'none' ? said('header') : undefined}
        onChange={(value) => value && onChange({ headerKind: value as HeaderKind, files: [] })}
        allowDeselect={false}
        disabled={isReadOnly}
      />
      <HeaderFields draft={draft} error={said('header')} onChange={onChange} />
      <Textarea
        label={<Counted label={t('body')} text={body} most={LIMITS.body} />}
        description={t('bodyHelp', { open: '{{', close: '}}' })}
        autosize
        minRows={4}
        maxRows={14}
        value={body}
        error={said('body')}
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
      <Examples draft={draft} onChange={onChange} />
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
    </div>
  )
}

function HeaderFields({
  draft,
  error,
  onChange,
}: Pick<EditorFieldsProps, 'draft' | 'onChange'> & { error?: string | undefined }) {
  const { t } = useTranslation('templates')
  const { headerKind, headerText, headerExample, files } = draft
  if (headerKind === 'text')
    return (
      <>
        <TextInput
          label={<Counted label={t('headerText')} text={headerText} most={LIMITS.header} />}
          value={headerText}
          error={error}
          onChange={(event) => onChange({ headerText: event.currentTarget.value })}
        />
        {namesIn(headerText).length > 0 && (
          <TextInput
            label={t('headerExample')}
            value={headerExample}
            onChange={(event) => onChange({ headerExample: event.currentTarget.value })}
          />
        )}
      </>
    )
  if (headerKind === 'none' || headerKind === 'location') return null
  return (
    <HeaderFile
      kind={headerKind}
      label={t('headerFile')}
      file={files[0] ?? null}
      error={error}
      onChange={(file) => onChange({ files: file ? [file] : [] })}
    />
  )
}

export function Counted({ label, text, most }: { label: string; text: string; most: number }) {
  return (
    <span className={classes.counted}>
      {label}{' '}
      <span className={classes.count} data-over={text.length > most || undefined}>
        {text.length}/{most}
      </span>
    </span>
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

function nextNumber(text: string): number {
  return Math.max(0, ...namesIn(text).map(Number).filter(Number.isFinite)) + 1
}
