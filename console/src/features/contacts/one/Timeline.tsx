/** All that happened, the newest first: conversations on every connection, notes, ratings, merges. */
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Contact } from '@/shared/api/types'
import { NoteBox } from '@/shared/contacts/NoteBox'
import { useTranslation } from '@/shared/i18n/translate'
import { dayOf, formatDay } from '@/shared/lib/dates'
import { useCan } from '@/shared/session/store'
import { IconHistory } from '@/shared/ui/icons'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { Entry } from './Entry'
import classes from './one.module.css'
import { timelineQuery } from './queries'

export function Timeline({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts')
  const mayWrite = useCan('contacts.write') && !contact.is_deleted
  const timeline = useInfiniteQuery(timelineQuery(contact.id))
  const entries = timeline.data?.pages.flatMap((page) => page.results) ?? []
  return (
    <section className={classes.timeline} aria-label={t('timeline.title')}>
      <h2 className={classes.subtitle}>{t('timeline.title')}</h2>
      {mayWrite && <NoteBox contact={contact.id} />}
      {timeline.isPending && <Loading rows={4} />}
      {timeline.isError && !timeline.data && (
        <Failed error={timeline.error} onRetry={() => void timeline.refetch()} />
      )}
      {timeline.data && entries.length === 0 && (
        <Empty icon={IconHistory} title={t('timeline.empty')}>
          {t('timeline.emptyText')}
        </Empty>
      )}
      <ol className={classes.entries}>
        {entries.map((entry, index) => {
          const before = entries[index - 1]
          const isNewDay = !before || dayOf(before.at) !== dayOf(entry.at)
          return (
            <li key={`${entry.kind} ${entry.id}`}>
              {isNewDay && <h3 className={classes.day}>{formatDay(entry.at)}</h3>}
              <Entry entry={entry} contact={contact} />
            </li>
          )
        })}
      </ol>
      {timeline.hasNextPage && (
        <Button
          variant="default"
          loading={timeline.isFetchingNextPage}
          onClick={() => void timeline.fetchNextPage()}
        >
          {t('timeline.older')}
        </Button>
      )}
    </section>
  )
}
