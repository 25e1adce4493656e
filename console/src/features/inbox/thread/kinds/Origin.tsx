/** What led the customer here: an advertisement, or a product of the catalogue. Nothing is loaded from elsewhere. */

import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconAd, IconExternalLink, IconShop } from '@/shared/ui/icons'
import classes from './kinds.module.css'

interface Referral {
  source_url?: string
  source_type?: string
  headline?: string
  body?: string
}

export function Origin({ content }: { content: Message['content'] }) {
  const { t } = useTranslation('inbox')
  const referral = content.referral as Referral | undefined
  const product = content.product as { product_id?: string } | undefined
  if (referral) return <Advertisement {...referral} />
  if (!product?.product_id) return null
  return (
    <span className={classes.origin} data-testid="product-asked">
      <IconShop size={16} aria-hidden />
      <span className={classes.cardText}>
        <span className={classes.small}>{t('origin.product')}</span>
        <span className={classes.cardTitle}>{product.product_id}</span>
      </span>
    </span>
  )
}

function Advertisement({ source_url, source_type, headline, body }: Referral) {
  const { t } = useTranslation('inbox')
  const inside = (
    <>
      <IconAd size={18} aria-hidden />
      <span className={classes.cardText}>
        <span className={classes.small}>{t(source_type === 'post' ? 'origin.post' : 'origin.ad')}</span>
        {headline && <span className={classes.cardTitle}>{headline}</span>}
        {body && <span className={classes.below}>{body}</span>}
      </span>
    </>
  )
  if (!source_url || !/^https?:\/\//.test(source_url))
    return (
      <span className={classes.origin} data-testid="referral">
        {inside}
      </span>
    )
  return (
    <a
      className={classes.origin}
      href={source_url}
      target="_blank"
      rel="noopener noreferrer"
      data-testid="referral"
    >
      {inside}
      <IconExternalLink size={16} className={classes.cardEnd} aria-hidden />
    </a>
  )
}
