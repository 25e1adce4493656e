/** A template as the customer's phone shows it: header, words, footer, buttons, cards. */
import type { ReactNode } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { formatWhatsApp } from '@/shared/lib/formatWhatsApp'
import {
  type Icon,
  IconCopy,
  IconExternalLink,
  IconFile,
  IconForm,
  IconLocation,
  IconPhone,
  IconPhoto,
  IconReply,
  IconVideo,
} from '@/shared/ui/icons'
import type { Shown, ShownButton } from './parts'
import classes from './templates.module.css'

const SIGNS: Record<string, Icon> = {
  reply: IconReply,
  url: IconExternalLink,
  phone: IconPhone,
  code: IconCopy,
  form: IconForm,
}
const MEDIA: Record<string, Icon> = {
  image: IconPhoto,
  video: IconVideo,
  document: IconFile,
  location: IconLocation,
}

export interface ShownFile {
  kind: string
  name: string
  url: string
}

interface TemplateBubbleProps {
  shown: Shown
  /** Of the headers that are files, in their order. */
  files?: readonly (ShownFile | null | undefined)[]
  /** Instead of them: a player or a viewer. */
  above?: ReactNode
}

export function TemplateBubble({ shown, files = [], above }: TemplateBubbleProps) {
  const isMedia = (one: Shown) =>
    one.header !== null && ['image', 'video', 'document'].includes(one.header.kind)
  const first = isMedia(shown) ? 1 : 0
  return (
    <div className={classes.template}>
      <Block shown={shown} file={files[0]} above={above} />
      {shown.cards.length > 0 && (
        <ul className={classes.cards}>
          {shown.cards.map((card, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: cards have nothing but their place
            <li key={index} className={classes.card}>
              <Block shown={card} file={files[first + index]} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Block({
  shown,
  file,
  above,
}: {
  shown: Shown
  file?: ShownFile | null | undefined
  above?: ReactNode
}) {
  const { header, body, footer, buttons } = shown
  return (
    <>
      {header && (above || <Header {...header} file={file} />)}
      {body && <div className={classes.words}>{formatWhatsApp(body)}</div>}
      {footer && <div className={classes.footer}>{footer}</div>}
      {buttons.length > 0 && (
        <div className={classes.taps}>
          {buttons.map((button, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: buttons have nothing but their place
            <Tap key={index} {...button} />
          ))}
        </div>
      )}
    </>
  )
}

interface HeaderProps {
  kind: string
  text: string
  place: string
  file?: ShownFile | null | undefined
}

function Header({ kind, text, place, file }: HeaderProps) {
  const { t } = useTranslation('templates')
  if (kind === 'text') return text ? <strong className={classes.header}>{text}</strong> : null
  if (kind === 'image' && file) return <img src={file.url} alt="" className={classes.picture} />
  const Sign = MEDIA[kind] ?? IconFile
  return (
    <div className={classes.media} data-kind={kind}>
      <Sign size={26} aria-hidden />
      <span className="hd-ellipsis">{file?.name || place || t(`headers.${kind}`)}</span>
    </div>
  )
}

function Tap({ kind, text, url, phone, code }: ShownButton) {
  const { t } = useTranslation('templates')
  const Sign = SIGNS[kind] ?? IconReply
  const below = { url, phone, code }[kind]
  return (
    <div className={classes.tap}>
      <Sign size={16} aria-hidden />
      <span className={classes.tapText}>{text || (kind === 'code' ? t('copyCode') : '…')}</span>
      {below && <span className={classes.below}>{below}</span>}
    </div>
  )
}
