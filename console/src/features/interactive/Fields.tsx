/** The fields of each kind; what all kinds share stands around them. */
import { useTranslation } from '@/shared/i18n/translate'
import { ChoiceFields } from './ChoiceFields'
import { Counted } from './Counted'
import { hasFooter, hasHeader, hasWords, type OfferDraft, WITH_FILE } from './draft'
import { useForm } from './form'
import { HeaderField } from './HeaderField'
import { SectionFields } from './SectionFields'

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
          <Plain name="form_id" label={t('formId')} description={t('formIdHelp')} />
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
