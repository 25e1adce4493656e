/** A list without rows: it loads, failed, or nothing matches. */
import { useTranslation } from '@/shared/i18n/translate'
import { IconHistory } from '@/shared/ui/icons'
import { Empty, Failed, Loading } from '@/shared/ui/states'

interface Unread {
  isPending: boolean
  isError: boolean
  error: unknown
  refetch: () => unknown
}

export function Unlisted({ query }: { query: Unread }) {
  const { t } = useTranslation('ledger')
  if (query.isPending) return <Loading />
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  return (
    <Empty icon={IconHistory} title={t('empty')}>
      {t('emptyText')}
    </Empty>
  )
}
