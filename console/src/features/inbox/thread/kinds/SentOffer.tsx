/** What we sent for the customer to tap; what they took comes as their own message, which quotes this one. */
import type { Message } from '@/shared/api/types'
import { Offer } from '@/shared/offers/Offer'
import { FileBody } from './FileBody'

export function SentOffer({ message }: { message: Message }) {
  const { kind, body, content, attachments } = message
  const above = attachments.length > 0 && <FileBody message={{ ...message, body: '' }} />
  return <Offer kind={kind} body={body} content={content} above={above} />
}
