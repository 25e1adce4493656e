/** Quick replies that were deleted; hidden while there are none. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '@/shared/i18n/translate'
import { DeletedList } from '@/shared/ui/DeletedList'
import { deletedRepliesQuery, useRestoreReply } from './queries'

export function DeletedReplies() {
  const { t } = useTranslation('quickReplies')
  const { data = [] } = useQuery(deletedRepliesQuery)
  const restore = useRestoreReply()
  return (
    <DeletedList
      title={t('deleted', { count: data.length })}
      rows={data.map(({ id, shortcut, title }) => ({ id, name: `/${shortcut} ${title}` }))}
      label={t('restore')}
      labelOf={(name) => t('restoreLabel', { name })}
      restore={restore}
    />
  )
}
