/** Numbers that were deleted and can come back. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '@/shared/i18n/translate'
import { DeletedList } from '@/shared/ui/DeletedList'
import { deletedConnectionsQuery, useRestoreConnection } from './queries'

export function DeletedConnections() {
  const { t } = useTranslation('connections')
  const { data } = useQuery(deletedConnectionsQuery)
  return (
    <DeletedList
      title={t('deleted', { count: data?.length ?? 0 })}
      rows={data}
      label={t('restore')}
      labelOf={(name) => t('restoreOne', { name })}
      restore={useRestoreConnection()}
    />
  )
}
