/** An empty list says why it is empty and offers the one thing worth doing next. */
import { Button } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { IconDone, IconInbox, IconSearch } from '@/shared/ui/icons'
import { Empty } from '@/shared/ui/states'
import type { TicketFilter } from '../data/belongs'
import { useCounts } from '../data/counts'
import { useInboxAddress } from '../useInboxAddress'

interface ListEmptyProps {
  filter: TicketFilter
  onNew?: () => void
}

export function ListEmpty({ filter, onNew }: ListEmptyProps) {
  const { t } = useTranslation('inbox')
  const { change } = useInboxAddress()
  const counts = useCounts()
  const { tab, search } = filter
  if (search || filter.filter || tab === 'any') {
    const clear = () => change({ search: undefined, filter: undefined, view: undefined, tab: undefined })
    return (
      <Empty
        icon={IconSearch}
        title={t('emptyList.filtered.title')}
        action={<Plain label={t('emptyList.filtered.action')} onClick={clear} />}
      >
        {search ? t('emptyList.filtered.search', { words: search }) : t('emptyList.filtered.text')}
      </Empty>
    )
  }
  if (tab === 'mine') {
    const waiting = counts?.waiting ?? 0
    const action = waiting > 0 && (
      <Plain
        label={t('emptyList.mine.action', { count: waiting })}
        onClick={() => change({ tab: 'waiting' })}
      />
    )
    return (
      <Empty icon={IconInbox} title={t('emptyList.mine.title')} action={action}>
        {t('emptyList.mine.text')}
      </Empty>
    )
  }
  const action = tab === 'all' && onNew && <Plain label={t('new.title')} onClick={onNew} />
  return (
    <Empty
      icon={tab === 'waiting' ? IconDone : IconInbox}
      title={t(`emptyList.${tab}.title`)}
      action={action}
    >
      {t(`emptyList.${tab}.text`)}
    </Empty>
  )
}

function Plain({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button variant="default" onClick={onClick}>
      {label}
    </Button>
  )
}
