/** What a chosen template asks for, and how it reads with that. */
import { Autocomplete, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Attachment, Template, TemplateBlank, TemplateChoice } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconWarning } from '@/shared/ui/icons'
import { VARIABLES } from '@/shared/variables/queries'
import { HeaderFile } from './HeaderFile'
import { shownOf } from './parts'
import { useFilled } from './queries'
import { TemplateBubble } from './TemplateBubble'
import type { Chosen } from './TemplateChooser'
import classes from './templates.module.css'

interface TemplateFieldsProps {
  template: Template
  ticket?: number | undefined
  initial?: TemplateChoice | null | undefined
  onChange: (chosen: Chosen) => void
}

type Place = Record<'latitude' | 'longitude' | 'name' | 'address', string>
const NOWHERE: Place = { latitude: '', longitude: '', name: '', address: '' }
const TAGS = VARIABLES.map((name) => `{{${name}}}`)

export function TemplateFields({ template, ticket, initial, onChange }: TemplateFieldsProps) {
  const { t } = useTranslation('templates')
  const { blanks, defaults, components, name, language, category } = template
  const words = blanks.filter(({ kind }) => kind === 'text' || kind === 'code')
  const media = blanks.filter(({ kind }) => kind === 'image' || kind === 'video' || kind === 'document')
  const [texts, setTexts] = useState<Record<string, string>>(() =>
    Object.fromEntries(
      words.map(({ key, kind, example }) => [
        key,
        // A code to copy is nearly always the one that it was approved with.
        initial?.variables?.[key] ?? defaults[key] ?? (kind === 'code' ? example : ''),
      ]),
    ),
  )
  const [uploads, setUploads] = useState<Record<string, Attachment>>({})
  const [place, setPlace] = useState<Place>(NOWHERE)
  const filled = useFilled(template.id, ticket, texts)
  const values = filled.data?.values ?? texts
  const hasPlace = blanks.some(({ kind }) => kind === 'location')
  // What an earlier choice brought is on the server already.
  const kept = (key: string) => headerIn(initial, key)?.attachment
  const missing = media.filter(({ key }, at) => !uploads[key] && !kept(key) && !template.files[at])
  const isReady =
    words.every(({ key }) => texts[key]?.trim() && values[key] !== '') &&
    missing.length === 0 &&
    (!hasPlace || [place.latitude, place.longitude].every((one) => one !== '' && !Number.isNaN(Number(one))))

  // biome-ignore lint/correctness/useExhaustiveDependencies: told when what it says changes
  useEffect(() => {
    const headers = media.map(({ key }) => ({ key, attachment: uploads[key]?.id ?? kept(key) }))
    const choice = choiceOf({ name, language }, texts, headers, hasPlace ? place : null)
    onChange({ choice, category, isReady })
  }, [texts, uploads, place, isReady])

  const files = media.map(({ key }, at) => uploads[key] ?? template.files[at])
  return (
    <div className={classes.columns}>
      <div className={classes.fields}>
        {media.map(({ key, kind }, at) => (
          <HeaderFile
            key={key}
            kind={kind}
            label={labelOf(key, t(`headers.${kind}`), t)}
            file={uploads[key] ?? null}
            preset={template.files[at] ?? null}
            onChange={(file) =>
              setUploads(({ [key]: _, ...others }) => (file ? { ...others, [key]: file } : others))
            }
          />
        ))}
        {hasPlace && <PlaceFields place={place} onChange={setPlace} />}
        {words.map((blank) => (
          <Autocomplete
            key={blank.key}
            label={labelOf(blank.key, nameOf(blank), t)}
            placeholder={blank.example}
            data={TAGS}
            filter={({ options, search }) => (search === '' || search.includes('{') ? options : [])}
            value={texts[blank.key] ?? ''}
            error={emptyNow(blank, texts, values) && t('emptyHere')}
            description={texts[blank.key]?.includes('{{') ? values[blank.key] : undefined}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            maxLength={1024}
            onChange={(text) => setTexts((before) => ({ ...before, [blank.key]: text }))}
          />
        ))}
        {blanks.length === 0 && <p className="hd-muted">{t('nothingToFill')}</p>}
        {!isReady && (
          <p className={classes.warning}>
            <IconWarning size={16} aria-hidden /> {t('incomplete')}
          </p>
        )}
      </div>
      <figure className={classes.phone} data-testid="template-preview">
        <figcaption className={classes.caption}>{t('preview')}</figcaption>
        <div className={classes.bubble}>
          <TemplateBubble shown={shownOf(components, values)} files={files} />
        </div>
      </figure>
    </div>
  )
}

function PlaceFields({ place, onChange }: { place: Place; onChange: (place: Place) => void }) {
  const { t } = useTranslation('templates')
  const field = (name: keyof Place) => ({
    label: t(`place.${name}`),
    value: place[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ ...place, [name]: event.currentTarget.value }),
  })
  return (
    <>
      <div className={classes.pair}>
        <TextInput inputMode="decimal" placeholder="-23.5614" {...field('latitude')} />
        <TextInput inputMode="decimal" placeholder="-46.6559" {...field('longitude')} />
      </div>
      <TextInput {...field('name')} />
      <TextInput {...field('address')} />
    </>
  )
}

/** A helpdesk variable may say nothing for this customer: known only once the server has filled it in. */
function emptyNow(
  { key }: TemplateBlank,
  texts: Record<string, string>,
  values: Record<string, string>,
): boolean {
  return Boolean(texts[key]?.includes('{{')) && values[key] === ''
}

function nameOf({ kind, name, key }: TemplateBlank): string {
  return kind === 'code' || key.includes('button.') ? name : `{{${name}}}`
}

function labelOf(
  key: string,
  label: string,
  t: (key: string, values?: Record<string, unknown>) => string,
): string {
  const [first, index] = key.split('.')
  const where = key.includes('button.')
    ? `${t('inButton')} ${label}`.trim()
    : key.startsWith('header.')
      ? `${t('inHeader')} ${label}`
      : label
  return first === 'card' ? t('inCard', { number: Number(index) + 1, what: where }) : where
}

function headerIn(choice: TemplateChoice | null | undefined, key: string) {
  if (key === 'header') return choice?.header
  return choice?.cards?.[Number(key.split('.')[1])]
}

function choiceOf(
  template: Pick<TemplateChoice, 'name' | 'language'>,
  variables: Record<string, string>,
  headers: readonly { key: string; attachment: number | undefined }[],
  place: Place | null,
): TemplateChoice {
  const choice: TemplateChoice = { ...template }
  if (Object.keys(variables).length > 0) choice.variables = variables
  if (place) {
    const { latitude, longitude, name, address } = place
    choice.header = { latitude: Number(latitude), longitude: Number(longitude), name, address }
  }
  const cards = headers.filter(({ key }) => key !== 'header')
  const own = headers.find(({ key }) => key === 'header')
  if (own?.attachment) choice.header = { attachment: own.attachment }
  if (cards.some(({ attachment }) => attachment))
    choice.cards = cards.map(({ attachment }) => (attachment ? { attachment } : {}))
  return choice
}
