/** The notification centre: what happened to me, newest first, each a way into its conversation. */
import { Button, Drawer, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { Notice } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconBell, IconChecks, IconSettings } from '@/shared/ui/icons'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import classes from './Centre.module.css'
import { NoticeLine } from './NoticeLine'
import { noticesQuery, useReadNotices } from './queries'

interface CentreProps {
  isOpen: boolean
  onClose: () => void
  button: ReactNode
}

export function Centre({ isOpen, onClose, button }: CentreProps) {
  const { t } = useTranslation('notifications')
  return (
    <>
      {button}
      <Drawer
        opened={isOpen}
        onClose={onClose}
        position="left"
        size={400}
        title={t('centre')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        {isOpen && <Notices onLeave={onClose} />}
      </Drawer>
    </>
  )
}

function Notices({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation('notifications')
  const [shown, setShown] = useState('unread')
  const notices = useInfiniteQuery(noticesQuery(shown === 'unread'))
  const read = useReadNotices()
  const rows: Notice[] = notices.data?.pages.flatMap(({ results }) => results) ?? []
  return (
    <div className={classes.centre}>
      <div className={classes.head}>
        <SegmentedControl
          size="xs"
          value={shown}
          onChange={setShown}
          aria-label={t('show')}
          data={[
            { value: 'unread', label: t('unread') },
            { value: 'all', label: t('all') },
          ]}
        />
        <span className={classes.tools}>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconChecks size={16} />}
            disabled={!rows.some(({ read_at }) => !read_at)}
            onClick={() => read.mutate({})}
          >
            {t('readAll')}
          </Button>
          <Link
            to="/settings/notifications"
            className={classes.settings}
            aria-label={t('title')}
            onClick={onLeave}
          >
            <IconSettings size={18} aria-hidden />
          </Link>
        </span>
      </div>
      {notices.isPending && <Loading rows={5} />}
      {notices.isError && <Failed error={notices.error} onRetry={() => void notices.refetch()} />}
      {notices.isSuccess && rows.length === 0 && (
        <Empty icon={IconBell} title={t(shown === 'unread' ? 'nothingUnread' : 'nothing')}>
          {t('nothingText')}
        </Empty>
      )}
      <ul className={classes.list}>
        {rows.map((notice) => (
          <li key={notice.id}>
            <NoticeLine
              notice={notice}
              onOpen={() => {
                if (!notice.read_at) read.mutate({ ids: [notice.id] })
                onLeave()
              }}
              onRead={() => read.mutate({ ids: [notice.id] })}
            />
          </li>
        ))}
      </ul>
      {notices.hasNextPage && (
        <Button variant="default" size="xs" fullWidth onClick={() => void notices.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </div>
  )
}
