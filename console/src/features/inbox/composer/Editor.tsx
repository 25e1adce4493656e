/** The field and its buttons. Enter sends, Shift+Enter breaks the line. */
import { ActionIcon } from '@mantine/core'
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type RefObject,
  Suspense,
  useLayoutEffect,
  useRef,
} from 'react'
import { useActions } from '@/shared/actions/registry'
import type { Attachment, Rendered } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useStateOf } from '@/shared/lib/stateOf'
import { useCursor } from '@/shared/lib/useCursor'
import {
  IconAttach,
  IconCalendarClock,
  IconEmoji,
  IconInteractive,
  IconMicrophone,
  IconSend,
} from '@/shared/ui/icons'
import { sayTyping } from '../data/typing'
import { useInboxParts } from '../parts'
import classes from './Composer.module.css'
import { toggleMark } from './drafts'
import { EmojiButton } from './EmojiButton'
import { Mentions } from './Mentions'
import { RoundButton } from './RoundButton'
import type { Mode } from './useDraft'
import { useMentions } from './useMentions'
import { useParticipants } from './useParticipants'
import { useSlash } from './useSlash'

const LONGEST = 4096

interface EditorProps {
  ticket: number
  mode: Mode
  text: string
  hasFiles: boolean
  /** What is written waits for the customer's answer. */
  isParking: boolean
  onText: (text: string) => void
  onFiles: (files: File[]) => void
  /** Files that the server has already. */
  onStored: (files: readonly Attachment[]) => void
  onSend: () => void
  /** null where nothing can be promised for later. */
  onLater: (() => void) | null
  /** null where nothing to tap can be sent. */
  /** Opens the builder, with what a quick reply begins it with. */
  onBuild: ((start: Rendered | 'new') => void) | null
  onRecord: () => void
  onEscape: () => void
}

export function Editor({
  ticket,
  mode,
  text,
  hasFiles,
  isParking,
  onText,
  onFiles,
  onStored,
  onSend,
  onLater,
  onBuild,
  onRecord,
  onEscape,
}: EditorProps) {
  const { t } = useTranslation('inbox')
  const field = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const [isPicking, setPicking] = useStateOf(ticket, false)
  const isNote = mode === 'note'
  const sendLabel = t(isNote ? 'composer.saveNote' : isParking ? 'park.hold' : 'composer.send')
  const writeLabel = t(isNote ? 'composer.writeNote' : isParking ? 'park.write' : 'composer.write')
  const hasWords = text.trim() !== '' || hasFiles
  const group = t('composer.group')
  const place = useCursor(field)
  useGrowing(field, text)
  useActions([
    ...(isNote
      ? []
      : [
          {
            id: 'composer.attach',
            label: t('composer.attach'),
            group,
            icon: IconAttach,
            shortcut: 'attach' as const,
            perform: () => picker.current?.click(),
          },
        ]),
    {
      id: 'composer.emoji',
      label: t('composer.emoji'),
      group,
      icon: IconEmoji,
      shortcut: 'emoji',
      perform: () => setPicking((open) => !open),
    },
  ])

  const { SlashMenu } = useInboxParts()
  const slashKeys = useRef<((event: KeyboardEvent) => boolean) | null>(null)
  const { slash, ...slashing } = useSlash(ticket, !isNote && SlashMenu !== undefined)
  const mentions = useMentions(ticket, isNote, useParticipants(ticket), (next, cursor) => {
    onText(next)
    place(cursor)
  })

  function change(next: string): void {
    onText(next)
    if (next) sayTyping(ticket, true, isNote)
  }

  /** Writes at the cursor and leaves it behind what was written. */
  function insert(words: string): void {
    const { selectionStart: start = text.length, selectionEnd: end = text.length } = field.current ?? {}
    change(text.slice(0, start) + words + text.slice(end))
    place(start + words.length)
  }

  /** Puts a quick reply where its shortcut was written. */
  function take(reply: Rendered): void {
    if (!slash) return
    const toBuild = reply.kind !== 'text' && onBuild
    const words = toBuild ? '' : reply.text
    change(text.slice(0, slash.start) + words + text.slice(slash.end))
    slashing.done()
    if (toBuild) {
      toBuild(reply)
      return
    }
    onStored(reply.attachments)
    place(slash.start + words.length)
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.nativeEvent.isComposing || mentions.onKey(event) || slashKeys.current?.(event)) return
    const isMark =
      (event.ctrlKey || event.metaKey) && !event.shiftKey && (event.key === 'b' || event.key === 'i')
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault()
      onSend()
    } else if (isMark) {
      event.preventDefault()
      const { selectionStart, selectionEnd } = event.currentTarget
      const marked = toggleMark(text, selectionStart, selectionEnd, event.key === 'b' ? '*' : '_')
      change(marked.text)
      place(marked.start, marked.end)
    } else if (event.key === 'Escape') {
      onEscape()
      event.currentTarget.blur()
    }
  }

  function onPaste(event: ClipboardEvent): void {
    const files = [...event.clipboardData.files]
    if (files.length === 0 || isNote) return
    event.preventDefault()
    onFiles(files)
  }

  return (
    <div className={classes.editor}>
      {mentions.people.length > 0 && (
        <Mentions people={mentions.people} current={mentions.current} onPick={mentions.pick} />
      )}
      {slash && SlashMenu && (
        <Suspense>
          <SlashMenu
            ticket={ticket}
            word={slash.word}
            keys={slashKeys}
            onTake={take}
            onClose={slashing.close}
          />
        </Suspense>
      )}
      {!isNote && (
        <>
          <RoundButton
            label={t('composer.attach')}
            keys="attach"
            icon={IconAttach}
            testid="attach"
            onClick={() => picker.current?.click()}
          />
          <input
            key={ticket}
            ref={picker}
            type="file"
            multiple
            hidden
            tabIndex={-1}
            aria-hidden
            data-testid="file-input"
            onChange={(event) => {
              onFiles([...(event.currentTarget.files ?? [])])
              // The same file may be chosen again after it was removed.
              event.currentTarget.value = ''
              field.current?.focus()
            }}
          />
        </>
      )}
      {onBuild && (
        <span className={classes.build} data-writing={hasWords || undefined}>
          <RoundButton
            label={t('composer.interactive')}
            keys="interactive"
            icon={IconInteractive}
            testid="interactive"
            onClick={() => onBuild('new')}
          />
        </span>
      )}
      <EmojiButton isOpen={isPicking} onToggle={setPicking} onPick={insert} />
      {/* What the browser can undo in a field, and what is half composed there, stays with its ticket. */}
      <textarea
        key={ticket}
        ref={field}
        className={classes.input}
        rows={1}
        maxLength={LONGEST}
        value={text}
        aria-label={writeLabel}
        placeholder={hasFiles ? t('composer.caption') : writeLabel}
        data-composer
        data-testid="composer"
        aria-controls={mentions.people.length > 0 ? 'mentions' : undefined}
        aria-activedescendant={
          mentions.people.length > 0 ? `mention-${mentions.people[mentions.current]?.id}` : undefined
        }
        onChange={(event) => {
          change(event.currentTarget.value)
          mentions.wrote(event.currentTarget.value, event.currentTarget.selectionStart)
          slashing.wrote(event.currentTarget.value, event.currentTarget.selectionStart)
        }}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      {text.length > LONGEST - 300 && <span className={classes.remaining}>{LONGEST - text.length}</span>}
      {hasWords && onLater && (
        <RoundButton
          label={t('composer.later')}
          keys="later"
          icon={IconCalendarClock}
          testid="later"
          onClick={onLater}
        />
      )}
      {hasWords || isNote ? (
        <ActionIcon
          size={38}
          variant="filled"
          color="teal"
          radius={999}
          className={classes.send}
          disabled={!hasWords}
          aria-label={sendLabel}
          title={sendLabel}
          data-testid="send"
          onClick={onSend}
        >
          <IconSend size={19} aria-hidden />
        </ActionIcon>
      ) : (
        <RoundButton
          label={t('recorder.start')}
          keys="record"
          icon={IconMicrophone}
          testid="record"
          onClick={onRecord}
        />
      )}
    </div>
  )
}

const GROWS_BY_ITSELF = globalThis.CSS?.supports?.('field-sizing', 'content') ?? false

/** As tall as what is written, up to the limit of the style sheet; where style sheets cannot do that themselves. */
function useGrowing(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text gives the height
  useLayoutEffect(() => {
    const { current } = field
    if (!current || GROWS_BY_ITSELF) return
    current.style.height = 'auto'
    current.style.height = `${current.scrollHeight + 2}px`
  }, [field, text])
}
