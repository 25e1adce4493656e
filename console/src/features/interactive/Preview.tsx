/** How the customer's phone will show it, while it is written. */

import { useTranslation } from '@/shared/i18n/translate'
import { Offer } from '@/shared/offers/Offer'
import { IconFile, IconLocation, IconUser, IconVideo } from '@/shared/ui/icons'
import { contentOf, hasWords, pointIn, WITH_FILE } from './draft'
import { useForm } from './form'
import classes from './interactive.module.css'

export function Preview() {
  const { t } = useTranslation('interactive')
  const { draft } = useForm()
  return (
    <figure className={classes.phone} data-testid="offer-preview">
      <figcaption className={classes.caption}>{t('preview')}</figcaption>
      <div className={classes.bubble}>
        {draft.kind === 'location' ? (
          <PlaceCard />
        ) : draft.kind === 'contacts' ? (
          <Cards />
        ) : (
          <Offer
            kind={draft.kind}
            body={hasWords(draft.kind) ? draft.body || t(`examples.${draft.kind}`) : ''}
            content={contentOf(draft)}
            above={WITH_FILE.includes(draft.kind) && draft.file ? <Above /> : null}
            isOpen
          />
        )}
      </div>
    </figure>
  )
}

function Above() {
  const { file } = useForm().draft
  if (!file) return null
  if (file.kind === 'image') return <img src={file.url} alt="" className={classes.picture} />
  const Sign = file.kind === 'video' ? IconVideo : IconFile
  return (
    <div className={classes.attached}>
      <Sign size={20} aria-hidden /> <span className="hd-ellipsis">{file.name}</span>
    </div>
  )
}

function PlaceCard() {
  const { t } = useTranslation('interactive')
  const { draft } = useForm()
  const point = pointIn(draft.point)
  return (
    <div className={classes.place}>
      <div className={classes.map}>
        <IconLocation size={28} aria-hidden />
      </div>
      <strong>{draft.name || t('kinds.location')}</strong>
      <span className="hd-muted">
        {draft.address || (point ? point.map((one) => one.toFixed(5)).join(', ') : '…')}
      </span>
    </div>
  )
}

function Cards() {
  const { t } = useTranslation('interactive')
  return useForm().draft.cards.map(({ key, name, phone, email }) => (
    <div key={key} className={classes.attached}>
      <IconUser size={20} aria-hidden />
      <span>
        <strong>{name || t('cardName')}</strong>
        <span className={classes.ways}>{[phone, email].filter(Boolean).join(' · ')}</span>
      </span>
    </div>
  ))
}
