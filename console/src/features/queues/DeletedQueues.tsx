/** Queues that were deleted and can come back. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '@/shared/i18n/translate'
import { DeletedList } from '@/shared/ui/DeletedList'
import { deletedQueuesQuery, useRestoreQueue } from './queries'

export function DeletedQueues() {
  const { t } = useTranslation('queues')
  const { data } = useQuery(deletedQueuesQuery)
  return (
    <DeletedList
      title={t('deleted', { count: data?.length ?? 0 })}
      rows={data}
      label={t('restore')}
      labelOf={(name) => t('restoreOne', { name })}
      restore={useRestoreQueue()}
    />
  )
}
