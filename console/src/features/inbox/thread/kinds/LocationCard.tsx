/** A place with a link to the map. No map is embedded: the customer's position stays between us. */

import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconExternalLink, IconLocation } from '@/shared/ui/icons'
import classes from './kinds.module.css'

export function LocationCard({ content }: { content: Message['content'] }) {
  const { t } = useTranslation('inbox')
  const { latitude, longitude, name, address } = content as {
    latitude?: number
    longitude?: number
    name?: string
    address?: string
  }
  const point = `${Number(latitude)},${Number(longitude)}`
  return (
    <a
      className={classes.card}
      href={`https://www.google.com/maps/search/?api=1&query=${point}`}
      target="_blank"
      rel="noopener noreferrer"
    >
      <span className={classes.cardSign}>
        <IconLocation size={22} stroke={1.6} aria-hidden />
      </span>
      <span className={classes.cardText}>
        <span className={classes.cardTitle}>{name || t('kinds.location')}</span>
        <span className={classes.small}>
          {address || `${Number(latitude).toFixed(5)}, ${Number(longitude).toFixed(5)}`}
        </span>
        <span className={classes.cardLink}>{t('thread.openMap')}</span>
      </span>
      <IconExternalLink size={17} className={classes.cardEnd} aria-hidden />
    </a>
  )
}
