/** Queue and unread filters: a menu to choose them, chips to see and remove them. */
import { ActionIcon, Indicator } from '@mantine/core'
import { lazy } from 'react'
import { useQueues } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { IconFilter, IconX } from '@/shared/ui/icons'
import { LazyMenu } from '@/shared/ui/LazyMenu'
import { useInboxAddress } from '../useInboxAddress'
import classes from './ListPane.module.css'

const FilterItems = lazy(() => import('./FilterItems').then((module) => ({ default: module.FilterItems })))

export function FilterMenu() {
  const { t } = useTranslation('inbox')
  const { search } = useInboxAddress()
  const isActive = Boolean(search.queue || search.unread)
  return (
    <LazyMenu
      width={240}
      position="bottom-end"
      button={(onPress) => (
        <ActionIcon
          size={32}
          aria-haspopup="menu"
          aria-label={t('filters.open')}
          data-testid="filters"
          onClick={onPress}
        >
          <Indicator disabled={!isActive} size={8} color="teal">
            <IconFilter size={18} aria-hidden />
          </Indicator>
        </ActionIcon>
      )}
    >
      {() => <FilterItems />}
    </LazyMenu>
  )
}

export function FilterChips() {
  const { t } = useTranslation('inbox')
  const { search, change } = useInboxAddress()
  const queue = useQueues().find(({ id }) => id === search.queue)
  if (!queue && !search.unread) return null
  return (
    <div className={classes.chips}>
      {queue && <Chip label={queue.name} color={queue.color} onRemove={() => change({ queue: undefined })} />}
      {search.unread && <Chip label={t('filters.unread')} onRemove={() => change({ unread: undefined })} />}
    </div>
  )
}

function Chip({ label, color, onRemove }: { label: string; color?: string; onRemove: () => void }) {
  const { t } = useTranslation('inbox')
  return (
    <span className={classes.chip}>
      {color && <span className={classes.dot} style={{ background: color }} />}
      <span className="hd-ellipsis">{label}</span>
      <button
        type="button"
        className={classes.remove}
        aria-label={t('filters.remove', { name: label })}
        onClick={onRemove}
      >
        <IconX size={14} aria-hidden />
      </button>
    </span>
  )
}
