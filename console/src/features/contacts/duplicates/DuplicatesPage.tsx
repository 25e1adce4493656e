/** Contacts that may be one person, two by two: merged or told apart, with the keyboard if one likes. */
import { Button, Kbd } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useActions } from '@/shared/actions/registry'
import { queryClient } from '@/shared/api/queryClient'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { IconBack, IconDone } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import one from '../one/one.module.css'
import classes from './duplicates.module.css'
import { Pair } from './Pair'
import { duplicatesQuery, keyOf } from './queries'

export function DuplicatesPage() {
  const { t } = useTranslation('contacts')
  const canRead = useCan('contacts.read')
  return (
    <Page
      title={t('duplicates.title')}
      description={t('duplicates.text')}
      width="narrow"
      back={
        <Link to="/contacts" className={one.back} aria-label={t('back')}>
          <IconBack size={18} aria-hidden />
        </Link>
      }
    >
      {canRead ? <Pairs /> : <NoPermission />}
    </Page>
  )
}

function Pairs() {
  const { t } = useTranslation('contacts')
  const canDecide = useCan('contacts.delete')
  const pairs = useInfiniteQuery(duplicatesQuery)
  // What was decided here leaves at once; the server is asked again when the page is left behind.
  const [decided, setDecided] = useState<ReadonlySet<string>>(new Set())
  const [place, setPlace] = useState(0)
  useEffect(() => () => void queryClient.invalidateQueries({ queryKey: duplicatesQuery.queryKey }), [])
  const rows = (pairs.data?.pages ?? [])
    .flatMap((page) => page.results)
    .filter((row) => !decided.has(keyOf(row)))
  const current = Math.min(place, rows.length - 1)
  const { hasNextPage, isFetching, fetchNextPage } = pairs
  const isShort = rows.length - current < 5
  useEffect(() => {
    if (isShort && hasNextPage && !isFetching) void fetchNextPage()
  }, [isShort, hasNextPage, isFetching, fetchNextPage])
  const move = (step: number) => setPlace(Math.max(0, Math.min(current + step, rows.length - 1)))
  useActions([
    {
      id: 'pair.next',
      label: t('duplicates.next'),
      group: t('duplicates.title'),
      shortcut: 'nextPair',
      isHidden: true,
      perform: () => move(1),
    },
    {
      id: 'pair.previous',
      label: t('duplicates.previous'),
      group: t('duplicates.title'),
      shortcut: 'previousPair',
      isHidden: true,
      perform: () => move(-1),
    },
  ])
  if (pairs.isPending) return <Loading />
  if (pairs.isError) return <Failed error={pairs.error} onRetry={() => void pairs.refetch()} />
  if (rows.length === 0)
    return (
      <Empty icon={IconDone} title={t('duplicates.empty')}>
        {t('duplicates.emptyText')}
      </Empty>
    )
  return (
    <>
      {canDecide && (
        <p className={classes.keys}>
          <Kbd>J</Kbd> <Kbd>K</Kbd> {t('duplicates.keys.move')} · <Kbd>M</Kbd> {t('duplicates.keys.merge')} ·{' '}
          <Kbd>N</Kbd> {t('duplicates.keys.part')}
        </p>
      )}
      <ul className={classes.pairs}>
        {rows.map((row, index) => (
          <Pair
            key={keyOf(row)}
            row={row}
            isCurrent={index === current}
            canDecide={canDecide}
            onPoint={() => setPlace(index)}
            onDecided={() => setDecided((now) => new Set(now).add(keyOf(row)))}
            onBack={() => setDecided((now) => new Set([...now].filter((key) => key !== keyOf(row))))}
          />
        ))}
      </ul>
      {hasNextPage && (
        <Button mt="md" variant="default" loading={isFetching} onClick={() => void fetchNextPage()}>
          {t('showMore')}
        </Button>
      )}
    </>
  )
}
