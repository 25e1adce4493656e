/** The list behind a slash in the message field: type to narrow, arrows to move, Enter to take. */
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { quickRepliesQuery } from '@/shared/answers/queries'
import type { QuickReply, Rendered } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { Offer } from '@/shared/offers/Offer'
import { IconAttach, IconBolt, IconInteractive, IconUser } from '@/shared/ui/icons'
import { toast } from '@/shared/ui/toast'
import { PhoneBubble } from '@/shared/variables/PhoneBubble'
import { previewQuery, takeReply } from './queries'
import { recentReplies, rememberReply } from './recents'
import classes from './SlashMenu.module.css'
import { ranked } from './slash'

interface SlashMenuProps {
  ticket: number
  /** What stands behind the slash. */
  word: string
  /** The field keeps the focus and lends its keys: true when one was for the list. */
  keys: RefObject<((event: KeyboardEvent) => boolean) | null>
  onTake: (rendered: Rendered) => void
  onClose: () => void
}

export function SlashMenu({ ticket, word, keys, onTake, onClose }: SlashMenuProps) {
  const { t } = useTranslation('quickReplies')
  const { data: replies } = useQuery(quickRepliesQuery)
  const [recents] = useState(recentReplies)
  const [place, setPlace] = useState({ word, at: 0 })
  const { take, isTaking } = useTaking(ticket, onTake)
  const shown = ranked(replies ?? [], word, recents)
  const current = Math.min(place.word === word ? place.at : 0, shown.length - 1)
  const chosen = shown[current]

  keys.current = (event) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const isTaking = event.key === 'Enter' || event.key === 'Tab'
    if (event.key === 'Escape') onClose()
    else if (chosen && step !== 0) setPlace({ word, at: (current + step + shown.length) % shown.length })
    else if (chosen && isTaking) void take(chosen)
    else if (replies || !isTaking) return false
    event.preventDefault()
    return true
  }
  useEffect(
    () => () => {
      keys.current = null
    },
    [keys],
  )

  if (!replies || (shown.length === 0 && word !== '')) return null
  return (
    <div className={classes.menu} data-testid="slash-menu" aria-busy={isTaking}>
      {shown.length === 0 ? (
        <p className={classes.none}>{t('slash.none')}</p>
      ) : (
        <>
          <List shown={shown} current={current} onTake={(reply) => void take(reply)} />
          {chosen && <Preview reply={chosen} ticket={ticket} />}
        </>
      )}
    </div>
  )
}

function useTaking(ticket: number, onTake: (rendered: Rendered) => void) {
  const errorText = useErrorText()
  const [isTaking, setTaking] = useState(false)
  async function take(reply: QuickReply): Promise<void> {
    if (isTaking) return
    setTaking(true)
    try {
      const rendered = await takeReply(reply.id, ticket)
      rememberReply(reply.id)
      onTake(rendered)
    } catch (error) {
      void toast({ message: errorText(error), tone: 'danger' })
    }
    setTaking(false)
  }
  return { take, isTaking }
}

interface ListProps {
  shown: readonly QuickReply[]
  current: number
  onTake: (reply: QuickReply) => void
}

function List({ shown, current, onTake }: ListProps) {
  const { t } = useTranslation('quickReplies')
  const line = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place moves the eye
  useEffect(() => {
    void line.current?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <div id="slash-menu" className={classes.list} role="listbox" tabIndex={-1} aria-label={t('title')}>
      {shown.map((reply, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field, which keeps the focus, hears the keys
        <div
          key={reply.id}
          ref={index === current ? line : undefined}
          id={`slash-${reply.id}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === current}
          className={classes.line}
          data-testid={`slash-${reply.shortcut}`}
          // The field must not lose the focus to the list.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(reply)}
        >
          <span className={classes.shortcut}>/{reply.shortcut}</span>
          <span className={`${classes.title} hd-ellipsis`}>{reply.title}</span>
          {reply.attachments.length > 0 && (
            <span className={classes.sign}>
              <IconAttach size={14} aria-hidden /> {reply.attachments.length}
            </span>
          )}
          {reply.kind !== 'text' && (
            <span className={classes.sign} title={t('toTap')}>
              <IconInteractive size={14} aria-hidden />
              <span className="hd-hidden">{t('toTap')}</span>
            </span>
          )}
          {!reply.is_shared && (
            <span className={classes.sign} title={t('mine')}>
              <IconUser size={14} aria-hidden />
              <span className="hd-hidden">{t('mine')}</span>
            </span>
          )}
        </div>
      ))}
      <p className={classes.hint}>
        <IconBolt size={13} aria-hidden /> {t('slash.hint')}
      </p>
    </div>
  )
}

/** What this customer would read. */
function Preview({ reply, ticket }: { reply: QuickReply; ticket: number }) {
  const { t } = useTranslation('quickReplies')
  const { data } = useQuery(previewQuery(reply.id, ticket))
  const text = data?.text ?? reply.body
  return (
    <aside className={classes.preview} aria-label={t('preview')}>
      {reply.kind !== 'text' ? (
        <Offer kind={reply.kind} body={text} content={data?.content ?? reply.content} isOpen />
      ) : (
        text && <PhoneBubble text={text} isTheirs />
      )}
      {reply.attachments.map(({ id, name, kind, thumbnail_url, url }) =>
        kind === 'image' ? (
          <img key={id} src={thumbnail_url ?? url} alt={name} className={classes.picture} />
        ) : (
          <span key={id} className={classes.fileName}>
            <IconAttach size={14} aria-hidden /> <span className="hd-ellipsis">{name}</span>
          </span>
        ),
      )}
    </aside>
  )
}
