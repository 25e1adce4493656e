/** One thing that happened, drawn after its kind. */
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Contact, ContactMerge, ContactNote, Rating, Ticket, TimelineEntry } from '@/shared/api/types'
import { NoteCard } from '@/shared/contacts/NoteCard'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { formatTime } from '@/shared/lib/dates'
import { useCan } from '@/shared/session/store'
import { ConfirmDialog } from '@/shared/ui/ConfirmDialog'
import { IconMerge, IconMessages, IconStar } from '@/shared/ui/icons'
import { toast } from '@/shared/ui/toast'
import classes from './one.module.css'
import { useTakeApart } from './queries'

type RatingRow = Pick<Rating, 'id' | 'ticket' | 'agent' | 'scale' | 'state' | 'score' | 'comment'>

/** The API says `row` is what the thing's own address shows; `kind` says which. */
export function Entry({ entry, contact }: { entry: TimelineEntry; contact: Contact }) {
  const row: unknown = entry.row
  switch (entry.kind) {
    case 'ticket':
      return <TicketEntry ticket={row as Ticket} />
    case 'note':
      return <NoteCard note={row as ContactNote} />
    case 'rating':
      return <RatingEntry rating={row as RatingRow} at={entry.at} />
    default:
      return <MergeEntry merge={row as ContactMerge} entry={entry} contact={contact} />
  }
}

function TicketEntry({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('contacts')
  const where = [ticket.connection.name, ticket.queue?.name, ticket.agent?.name].filter(Boolean).join(' · ')
  return (
    <Link to="/inbox" search={{ ticket: ticket.id }} className={classes.entry}>
      <IconMessages size={18} aria-hidden className={classes.sign} />
      <span className={classes.grow}>
        <span className={classes.entryHead}>
          <strong>#{ticket.number}</strong>
          <span className={classes.status} data-status={ticket.status}>
            {t(`statuses.${ticket.status}`)}
          </span>
          <time className={classes.time} dateTime={ticket.created_at}>
            {formatTime(ticket.created_at)}
          </time>
        </span>
        <span className="hd-muted hd-ellipsis">{where}</span>
        {ticket.last_message?.preview && <span className="hd-ellipsis">{ticket.last_message.preview}</span>}
      </span>
    </Link>
  )
}

function RatingEntry({ rating, at }: { rating: RatingRow; at: string }) {
  const { t } = useTranslation('contacts')
  const most = rating.scale === 'nps' ? 10 : 5
  return (
    <div className={classes.entry}>
      <IconStar size={18} aria-hidden className={classes.sign} />
      <span className={classes.grow}>
        <span className={classes.entryHead}>
          <strong>
            {rating.score === null
              ? t('timeline.unrated', { number: rating.ticket.number })
              : t('timeline.rated', { score: rating.score, most, number: rating.ticket.number })}
          </strong>
          <time className={classes.time} dateTime={at}>
            {formatTime(at)}
          </time>
        </span>
        {rating.comment && <span>“{rating.comment}”</span>}
      </span>
    </div>
  )
}

interface MergeEntryProps {
  merge: ContactMerge
  entry: TimelineEntry
  contact: Contact
}

function MergeEntry({ merge, entry, contact }: MergeEntryProps) {
  const { t } = useTranslation('contacts')
  const isSurvivor = merge.survivor.id === contact.id
  const other = isSurvivor ? merge.merged : merge.survivor
  const by = entry.kind === 'merge' ? merge.by : merge.undone_by
  const moved = (['addresses', 'tickets', 'notes', 'tags'] as const).filter((kind) => merge.moved[kind] > 0)
  return (
    <div className={classes.entry} data-testid={`merge-${merge.id}`}>
      <IconMerge size={18} aria-hidden className={classes.sign} />
      <span className={classes.grow}>
        <span className={classes.entryHead}>
          <strong>
            {entry.kind === 'unmerge'
              ? t('timeline.unmerged', { name: other.display_name })
              : t(isSurvivor ? 'timeline.merged' : 'timeline.mergedInto', { name: other.display_name })}
          </strong>
          <time className={classes.time} dateTime={entry.at}>
            {formatTime(entry.at)}
          </time>
        </span>
        <span className="hd-muted">
          {[
            by?.name,
            ...(entry.kind === 'merge'
              ? moved.map((kind) => t(`moved.${kind}`, { count: merge.moved[kind] }))
              : []),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      {entry.kind === 'merge' && isSurvivor && merge.undone_at === null && <TakeApart merge={merge} />}
    </div>
  )
}

function TakeApart({ merge }: { merge: ContactMerge }) {
  const { t } = useTranslation('contacts')
  const errorText = useErrorText()
  const takeApart = useTakeApart()
  const [isAsking, setAsking] = useState(false)
  if (!useCan('contacts.delete')) return null
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setAsking(true)}>
        {t('takeApart')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('takeApartTitle')}
        confirmLabel={t('takeApart')}
        isDangerous={false}
        isBusy={takeApart.isPending}
        onConfirm={() =>
          takeApart.mutate(merge.id, {
            onSuccess: () => {
              setAsking(false)
              void toast({ message: t('takenApart', { name: merge.merged.display_name }) })
            },
            onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
          })
        }
        onClose={() => setAsking(false)}
      >
        {t('takeApartText', { name: merge.merged.display_name })}
      </ConfirmDialog>
    </>
  )
}
