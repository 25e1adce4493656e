/** Each answer, the newest first; a click opens its conversation. */
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Rating } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { IconStar } from '@/shared/ui/icons'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { type RatingFilter, ratingsQuery } from './queries'
import classes from './ratings.module.css'
import { Score } from './Score'

export function RatingList({ filter }: { filter: RatingFilter }) {
  const { t } = useTranslation('ratings')
  const navigate = useNavigate()
  const ratings = useInfiniteQuery(ratingsQuery(filter))
  if (ratings.isPending) return <Loading />
  if (ratings.isError) return <Failed error={ratings.error} onRetry={() => void ratings.refetch()} />
  const rows = ratings.data.pages.flatMap(({ results }) => results)
  if (rows.length === 0) {
    return (
      <Empty icon={IconStar} title={t('empty')}>
        {t('emptyText')}
      </Empty>
    )
  }
  const columns: Column<Rating>[] = [
    { key: 'contact', header: t('customer'), width: '22%', cell: (rating) => <Who rating={rating} /> },
    { key: 'score', header: t('score'), width: '150px', cell: (rating) => <Answer rating={rating} /> },
    {
      key: 'comment',
      header: t('comment'),
      cell: ({ comment }) => <span className={classes.comment}>{comment}</span>,
    },
    { key: 'agent', header: t('agent'), width: '170px', cell: (rating) => <By rating={rating} /> },
    {
      key: 'at',
      header: t('when'),
      width: '120px',
      align: 'end',
      cell: ({ answered_at, asked_at }) => <TimeAgo at={answered_at ?? asked_at} />,
    },
  ]
  return (
    <>
      <DataTable
        caption={t('title')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        onOpen={({ ticket }) => void navigate({ to: '/inbox', search: { ticket: ticket.id } })}
        openLabel={({ contact, ticket }) =>
          t('openTicket', { name: contact.display_name, number: ticket.number })
        }
      />
      {ratings.hasNextPage && (
        <Button
          mt="md"
          variant="default"
          loading={ratings.isFetchingNextPage}
          onClick={() => void ratings.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
    </>
  )
}

function Who({ rating: { contact, ticket } }: { rating: Rating }) {
  return (
    <span className={classes.stack}>
      <span className="hd-ellipsis">{contact.display_name}</span>
      <span className={classes.small}>#{ticket.number}</span>
    </span>
  )
}

function Answer({ rating: { scale, score, state } }: { rating: Rating }) {
  const { t } = useTranslation('ratings')
  if (score !== null) return <Score scale={scale} score={score} />
  return <span className={classes.small}>{t(`states.${state}`)}</span>
}

function By({ rating: { agent, queue } }: { rating: Rating }) {
  return (
    <span className={classes.stack}>
      <span>{agent?.name ?? '—'}</span>
      {queue && <span className={classes.small}>{queue.name}</span>}
    </span>
  )
}
