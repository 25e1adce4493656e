/** The last message in one line: an icon for its kind and what it says. */

import type { MessageKind, Ticket } from '@/shared/api/types'
import type { Translate } from '@/shared/i18n/translate'
import { plainWhatsApp } from '@/shared/lib/formatWhatsApp'
import {
  type Icon,
  IconAddressBook,
  IconBlocked,
  IconCall,
  IconFile,
  IconForm,
  IconInfo,
  IconInteractive,
  IconLink,
  IconLocation,
  IconLock,
  IconMicrophone,
  IconPhone,
  IconPhoto,
  IconShop,
  IconSticker,
  IconTemplate,
  IconUnsupported,
  IconVideo,
  IconViews,
} from '@/shared/ui/icons'

const ICONS: Partial<Record<MessageKind, Icon>> = {
  image: IconPhoto,
  audio: IconMicrophone,
  video: IconVideo,
  document: IconFile,
  sticker: IconSticker,
  location: IconLocation,
  contacts: IconAddressBook,
  template: IconTemplate,
  buttons: IconInteractive,
  list: IconViews,
  link: IconLink,
  location_request: IconLocation,
  contact_request: IconPhone,
  form: IconForm,
  form_reply: IconForm,
  order: IconShop,
  call: IconCall,
  product: IconShop,
  products: IconShop,
  unsupported: IconUnsupported,
  system: IconInfo,
  note: IconLock,
}

export function kindIcon(kind: MessageKind): Icon | undefined {
  return ICONS[kind]
}

/** Words where the message has none of its own: "Photo", "Location". */
export function previewText(line: Previewed, t: Translate): string {
  const { kind, preview, is_removed } = line
  if (is_removed) return t(`kinds.${'removed' as const}`)
  if (kind === 'call' && preview) return t(`call.${preview}`)
  const words = plainWhatsApp(preview)
  if (words) return words
  return kind === 'text' || kind === 'button_reply' || kind === 'list_reply' ? '…' : t(`kinds.${kind}`)
}

export type Previewed = Pick<NonNullable<Ticket['last_message']>, 'kind' | 'preview' | 'is_removed'>

export function previewOf(
  ticket: Ticket,
  t: Translate,
): { icon: Icon | undefined; text: string; isOurs: boolean } | null {
  const last = ticket.last_message
  if (!last) return null
  return {
    icon: last.is_removed ? IconBlocked : kindIcon(last.kind),
    text: previewText(last, t),
    isOurs: last.direction === 'out',
  }
}
