/** Queues that were deleted and can come back. Shown only when there are some. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { toast } from '@/shared/ui/toast'
import { deletedQueuesQuery, useRestoreQueue } from './queries'
import classes from './queues.module.css'

export function DeletedQueues() {
  const { t } = useTranslation('queues')
  const errorText = useErrorText()
  const deleted = useQuery(deletedQueuesQuery)
  const restore = useRestoreQueue()
  if (!deleted.data?.length) return null
  return (
    <details className={classes.deleted}>
      <summary className="hd-muted">{t('deleted', { count: deleted.data.length })}</summary>
      <ul className={classes.deletedList}>
        {deleted.data.map(({ id, name }) => (
          <li key={id} className={classes.deletedRow}>
            <span className="hd-ellipsis">{name}</span>
            <Button
              size="xs"
              variant="default"
              aria-label={t('restoreOne', { name })}
              loading={restore.isPending && restore.variables === id}
              onClick={() =>
                restore.mutate(id, {
                  onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
                })
              }
            >
              {t('restore')}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  )
}
