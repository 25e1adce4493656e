/** What customers can tap, as their phone shows it: words, choices, links, forms and products. */
import type { ReactNode } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { formatWhatsApp } from '@/shared/lib/formatWhatsApp'
import {
  type Icon,
  IconExternalLink,
  IconFile,
  IconForm,
  IconLocation,
  IconPhone,
  IconReply,
  IconShop,
  IconViews,
} from '@/shared/ui/icons'
import { type OfferContent, type Row, readOffer } from './content'
import classes from './offers.module.css'

interface OfferProps {
  kind: string
  body: string
  content: unknown
  /** The picture, video or document above the words. */
  above?: ReactNode
  /** Rows of a list are shown at once. */
  isOpen?: boolean
}

export function Offer({ kind, body, content, above, isOpen }: OfferProps) {
  const offer = readOffer(content)
  const { header, footer } = offer
  return (
    <div className={classes.offer} data-testid={`offer-${kind}`}>
      {above}
      {header?.text && <strong className={classes.header}>{header.text}</strong>}
      {body && <div className={classes.words}>{formatWhatsApp(body)}</div>}
      {footer && <div className={classes.footer}>{footer}</div>}
      <Choices kind={kind} offer={offer} isOpen={isOpen ?? false} />
    </div>
  )
}

function Choices({ kind, offer, isOpen }: { kind: string; offer: OfferContent; isOpen: boolean }) {
  const { t } = useTranslation('common')
  switch (kind) {
    case 'buttons':
      return (
        <Taps>
          {offer.buttons.map(({ id, title }) => (
            <Tap key={id} icon={IconReply} title={title} />
          ))}
        </Taps>
      )
    case 'list':
      return <Rows offer={offer} isOpen={isOpen} />
    case 'link':
      return (
        <Taps>
          <Tap icon={IconExternalLink} title={offer.title} below={offer.url} />
        </Taps>
      )
    case 'location_request':
      return (
        <Taps>
          <Tap icon={IconLocation} title={t('offers.sendLocation')} />
        </Taps>
      )
    case 'contact_request':
      return (
        <Taps>
          <Tap icon={IconPhone} title={t('offers.sharePhone')} />
        </Taps>
      )
    case 'form':
      return (
        <Taps>
          <Tap icon={IconForm} title={offer.button} />
        </Taps>
      )
    case 'product':
      return (
        <Taps>
          <Tap icon={IconShop} title={t('offers.view')} below={offer.product_id} />
        </Taps>
      )
    case 'products':
      return <Products offer={offer} />
    default:
      return null
  }
}

function Rows({ offer, isOpen }: { offer: OfferContent; isOpen: boolean }) {
  const { t } = useTranslation('common')
  const count = offer.sections.reduce((sum, { rows }) => sum + rows.length, 0)
  return (
    <details className={classes.list} open={isOpen}>
      <summary className={classes.tap}>
        <IconViews size={16} aria-hidden />
        <span className={classes.title}>{offer.button}</span>
        <span className={classes.count}>{t('offers.options', { count })}</span>
      </summary>
      {offer.sections.map(({ title, rows }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a sent list never changes
        <div key={place} className={classes.section}>
          {title && <div className={classes.sectionTitle}>{title}</div>}
          <ul className={classes.rows}>
            {rows.map((row) => (
              <ListRow key={row.id} row={row} />
            ))}
          </ul>
        </div>
      ))}
    </details>
  )
}

function ListRow({ row }: { row: Row }) {
  return (
    <li className={classes.row}>
      <span>{row.title}</span>
      {row.description && <span className={classes.about}>{row.description}</span>}
    </li>
  )
}

function Products({ offer }: { offer: OfferContent }) {
  const { t } = useTranslation('common')
  const ids = offer.sections.flatMap(({ products }) => products)
  const shown = ids.slice(0, 4).join(', ') + (ids.length > 4 ? '…' : '')
  return (
    <Taps>
      <Tap
        icon={IconShop}
        title={t('offers.viewItems')}
        below={[t('offers.items', { count: ids.length }), shown].filter(Boolean).join(': ')}
      />
    </Taps>
  )
}

function Taps({ children }: { children: ReactNode }) {
  return <div className={classes.taps}>{children}</div>
}

function Tap({ icon: Sign = IconFile, title, below }: { icon?: Icon; title: string; below?: string }) {
  return (
    <div className={classes.tap}>
      <Sign size={16} aria-hidden />
      <span className={classes.title}>{title || '…'}</span>
      {below && <span className={classes.below}>{below}</span>}
    </div>
  )
}
