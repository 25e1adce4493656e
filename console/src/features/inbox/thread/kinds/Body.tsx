/** What is inside a bubble, by kind. A new kind is one line here. */

import { lazy, Suspense } from 'react'
import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconReply } from '@/shared/ui/icons'
import { withNames } from '../InGroup'
import { FileBody } from './FileBody'
import classes from './kinds.module.css'
import { TextBody } from './TextBody'

const CallBody = lazy(() => import('./CallBody').then((module) => ({ default: module.CallBody })))
const ContactCards = lazy(() => import('./ContactCards').then((module) => ({ default: module.ContactCards })))
const LocationCard = lazy(() => import('./LocationCard').then((module) => ({ default: module.LocationCard })))
const Unsupported = lazy(() => import('./Unsupported').then((module) => ({ default: module.Unsupported })))
const OrderBody = lazy(() => import('./Received').then((module) => ({ default: module.OrderBody })))
const FormReplyBody = lazy(() => import('./Received').then((module) => ({ default: module.FormReplyBody })))
const SentTemplate = lazy(() => import('./SentTemplate').then((module) => ({ default: module.SentTemplate })))
const SentOffer = lazy(() => import('./SentOffer').then((module) => ({ default: module.SentOffer })))

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
