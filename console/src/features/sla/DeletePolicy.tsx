/** Delete a policy, after asking. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { SlaPolicy } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { ConfirmDialog } from '@/shared/ui/ConfirmDialog'
import { toast } from '@/shared/ui/toast'
import { useDeletePolicy } from './queries'

export function DeletePolicy({ policy, onDone }: { policy: SlaPolicy; onDone: () => void }) {
  const { t } = useTranslation('sla')
  const errorText = useErrorText()
  const remove = useDeletePolicy()
  const [isAsking, setAsking] = useState(false)
  function confirm(): void {
    remove.mutate(policy, {
      onSuccess: onDone,
      onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
    })
  }
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        {t('delete')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('deleteTitle', { name: policy.name })}
        confirmLabel={t('delete')}
        isBusy={remove.isPending}
        onConfirm={confirm}
        onClose={() => setAsking(false)}
      >
        {t('deleteText')}
      </ConfirmDialog>
    </>
  )
}
