/** The fields of each kind; what all kinds share stands around them. */
import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { ChoiceFields } from './ChoiceFields'
import { Counted } from './Counted'
import { hasFooter, hasHeader, hasWords, type OfferDraft, WITH_FILE } from './draft'
import { useForm } from './form'
import { HeaderField } from './HeaderField'
import { formsQuery } from './queries'
import { SectionFields } from './SectionFields'

const OTHER = 'other'

type TextKey = {
  [Key in keyof OfferDraft]: OfferDraft[Key] extends string ? Key : never
}[Exclude<keyof OfferDraft, 'kind'>]

export function Fields() {
  const { t } = useTranslation('interactive')
  const { draft, most, change } = useForm()
  const { kind } = draft
  return (
    <>
      {hasHeader(kind) && <HeaderField takesFiles={WITH_FILE.includes(kind)} />}
      {hasWords(kind) && (
        <Counted
          label={t('body')}
          place="body"
          value={draft.body}
          longest={most.body}
          onChange={(body) => change({ body })}
          placeholder={t(`examples.${kind}`)}
          isLong
          isFirst
        />
      )}
      <Own />
      {hasFooter(kind) && <Plain name="footer" label={t('footer')} />}
    </>
  )
}

function Own() {
  const { t } = useTranslation('interactive')
  const { draft } = useForm()
  switch (draft.kind) {
    case 'buttons':
      return <ChoiceFields />
    case 'list':
      return (
        <>
          <Plain name="button" label={t('listButton')} placeholder={t('examples.listButton')} />
          <SectionFields />
        </>
      )
    case 'link':
      return (
        <>
          <Plain name="title" label={t('linkTitle')} placeholder={t('examples.linkTitle')} />
          <Plain name="url" label={t('url')} placeholder="https://" />
        </>
      )
    case 'form':
      return (
        <>
          <WhichForm />
          <Plain name="button" label={t('formButton')} placeholder={t('examples.formButton')} />
          <Plain name="screen" label={t('screen')} description={t('screenHelp')} />
        </>
      )
    case 'product':
      return (
        <>
          <Plain name="catalog_id" label={t('catalogId')} description={t('catalogHelp')} />
          <Plain name="product_id" label={t('productId')} />
        </>
      )
    case 'products':
      return (
        <>
          <Plain name="catalog_id" label={t('catalogId')} description={t('catalogHelp')} />
          <SectionFields />
        </>
      )
    case 'location':
      return (
        <>
          <Plain
            name="point"
            label={t('point')}
            place="content.latitude"
            description={t('pointHelp')}
            isFirst
          />
          <Plain name="name" label={t('placeName')} />
          <Plain name="address" label={t('address')} />
        </>
      )
    case 'contacts':
      return <ChoiceFields />
    default:
      return null
  }
}

/** By its name, where Meta tells which there are. */
function WhichForm() {
  const { t } = useTranslation('interactive')
  const { draft, change, connection, problemAt } = useForm()
  const { data: forms = [] } = useQuery(formsQuery(connection))
  const [isOther, setOther] = useState(false)
  const isKnown = draft.form_id === '' || forms.some(({ id }) => id === draft.form_id)
  if (forms.length === 0 || isOther || !isKnown)
    return <Plain name="form_id" label={t('formId')} description={t('formIdHelp')} />
  return (
    <NativeSelect
      label={t('kinds.form')}
      value={draft.form_id}
      error={problemAt('content.form_id') && t('problems.required')}
      data={[
        { value: '', label: t('formChoose') },
        ...forms.map(({ id, name }) => ({ value: id, label: name })),
        { value: OTHER, label: t('formOther') },
      ]}
      onChange={({ currentTarget: { value } }) => {
        setOther(value === OTHER)
        change({ form_id: value === OTHER ? '' : value })
      }}
      data-testid="which-form"
    />
  )
}

interface PlainProps {
  name: TextKey
  label: string
  place?: string
  description?: string
  placeholder?: string
  isFirst?: boolean
}

function Plain({ name, place, ...props }: PlainProps) {
  const { draft, most, change } = useForm()
  return (
    <Counted
      {...props}
      place={place ?? `content.${name}`}
      value={draft[name]}
      longest={most[name]}
      onChange={(value) => change({ [name]: value })}
    />
  )
}
