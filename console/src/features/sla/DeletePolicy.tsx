/** Delete a policy, after asking. */
import type { SlaPolicy } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { DeleteAfterAsking } from '@/shared/ui/DeleteAfterAsking'
import { useDeletePolicy } from './queries'

export function DeletePolicy({ policy, onDone }: { policy: SlaPolicy; onDone: () => void }) {
  const { t } = useTranslation('sla')
  const remove = useDeletePolicy()
  return (
    <DeleteAfterAsking
      row={policy}
      remove={remove}
      label={t('delete')}
      title={t('deleteTitle', { name: policy.name })}
      onDone={onDone}
    >
      {t('deleteText')}
    </DeleteAfterAsking>
  )
}
