/** What a customer put together or filled in: an order with its total, a form as a table. */

import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatMoney, formatNumber } from '@/shared/lib/dates'
import { IconForm, IconShop } from '@/shared/ui/icons'
import kinds from './kinds.module.css'
import classes from './Received.module.css'
import { TextBody } from './TextBody'

interface OrderContent {
  items?: { product_id: string; quantity: number; price: number | null; currency: string }[]
  total?: number | null
  currency?: string
}

export function OrderBody({ message }: { message: Message }) {
  const { t } = useTranslation('inbox')
  const { items = [], total, currency } = message.content as OrderContent
  return (
    <span className={classes.paper} data-testid={`order-${message.id}`}>
      <span className={kinds.label}>
        <IconShop size={15} aria-hidden /> {t('kinds.order')}
      </span>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('order.product')}</th>
            <th scope="col">{t('order.quantity')}</th>
            <th scope="col">{t('order.price')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
            <tr key={index}>
              <td>{item.product_id || '—'}</td>
              <td>{formatNumber(item.quantity)}</td>
              <td>{item.price === null ? '—' : formatMoney(item.price * item.quantity, item.currency)}</td>
            </tr>
          ))}
        </tbody>
        {typeof total === 'number' && (
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                {t('order.total')}
              </th>
              <td>{formatMoney(total, currency ?? '')}</td>
            </tr>
          </tfoot>
        )}
      </table>
      {message.body && <TextBody text={message.body} />}
    </span>
  )
}

interface FormContent {
  name?: string
  answers?: { label: string; value: string }[]
  raw?: string
}

export function FormReplyBody({ message }: { message: Message }) {
  const { t } = useTranslation('inbox')
  const { name, answers = [], raw } = message.content as FormContent
  return (
    <span className={classes.paper} data-testid={`form-reply-${message.id}`}>
      <span className={kinds.label}>
        <IconForm size={15} aria-hidden />{' '}
        {t(name === 'address_message' ? 'formReply.address' : 'kinds.form_reply')}
      </span>
      {answers.length > 0 && (
        <dl className={classes.answers}>
          {answers.map(({ label, value }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
            <div key={index}>
              <dt>{label || t('formReply.answer')}</dt>
              <dd>{value || '—'}</dd>
            </div>
          ))}
        </dl>
      )}
      {raw && <TextBody text={raw} />}
      {answers.length === 0 && !raw && <em className="hd-muted">{t('formReply.empty')}</em>}
    </span>
  )
}
