/** What is inside a bubble, by kind. A new kind is one line here. */

import { Suspense } from 'react'
import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { later } from '@/shared/lib/later'
import { IconReply } from '@/shared/ui/icons'
import { withNames } from '../InGroup'
import { FileBody } from './FileBody'
import classes from './kinds.module.css'
import { TextBody } from './TextBody'

const CallBody = later(() => import('./CallBody'), 'CallBody')
const ContactCards = later(() => import('./ContactCards'), 'ContactCards')
const LocationCard = later(() => import('./LocationCard'), 'LocationCard')
const Unsupported = later(() => import('./Unsupported'), 'Unsupported')
const OrderBody = later(() => import('./Received'), 'OrderBody')
const FormReplyBody = later(() => import('./Received'), 'FormReplyBody')
const SentTemplate = later(() => import('./SentTemplate'), 'SentTemplate')
const SentOffer = later(() => import('./SentOffer'), 'SentOffer')

/** What is seldom sent is fetched when it is there. */
export function Body({ message }: { message: Message }) {
  return (
    <Suspense fallback={<TextBody text={message.body} />}>
      <OfKind message={message} />
    </Suspense>
  )
}

function OfKind({ message }: { message: Message }) {
  const { t } = useTranslation('inbox')
  switch (message.kind) {
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return <FileBody message={message} />
    case 'location':
      return <LocationCard content={message.content} />
    case 'contacts':
      return <ContactCards content={message.content} isOurs={message.direction === 'out'} />
    case 'call':
      return <CallBody message={message} />
    case 'order':
    case 'form_reply':
      return message.kind === 'order' ? <OrderBody message={message} /> : <FormReplyBody message={message} />
    case 'button_reply':
    case 'list_reply':
      return <ChoiceBody message={message} />
    case 'template':
      return (
        <Suspense fallback={<TextBody text={message.body} />}>
          <SentTemplate message={message} />
        </Suspense>
      )
    case 'buttons':
    case 'list':
    case 'link':
    case 'location_request':
    case 'contact_request':
    case 'form':
    case 'product':
    case 'products':
      return <SentOffer message={message} />
    case 'unsupported':
      return <Unsupported message={message} />
    case 'note':
      if (message.content.removed_at) return <em className="hd-muted">{t('note.removed')}</em>
      return (
        <>
          <TextBody text={message.body} />
          {message.content.edited_at ? <span className="hd-muted"> ({t('note.edited')})</span> : null}
        </>
      )
    default:
      return <TextBody text={withNames(message)} />
  }
}

/** The customer pressed a button or chose from a list. */
function ChoiceBody({ message }: { message: Message }) {
  const { t } = useTranslation('inbox')
  const { title, description } = message.content as { title?: string; description?: string }
  return (
    <>
      <span className={classes.label}>
        <IconReply size={14} aria-hidden /> {t(`kinds.${message.kind}`)}
      </span>
      <TextBody text={title || message.body} />
      {description && <span className={classes.below}>{description}</span>}
    </>
  )
}
