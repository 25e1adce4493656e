/** The way back to the list; asks first when something would be lost. */
import { ActionIcon } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { ConfirmDialog } from '@/shared/ui/ConfirmDialog'
import { IconBack } from '@/shared/ui/icons'

interface LeaveMenuProps {
  isDirty: boolean
  onLeave: () => void
}

export function LeaveMenu({ isDirty, onLeave }: LeaveMenuProps) {
  const { t } = useTranslation('automation')
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <ActionIcon aria-label={t('menus.back')} onClick={() => (isDirty ? setAsking(true) : onLeave())}>
        <IconBack size={18} />
      </ActionIcon>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('menus.leaveTitle')}
        confirmLabel={t('menus.leave')}
        onConfirm={onLeave}
        onClose={() => setAsking(false)}
      >
        {t('menus.leaveText')}
      </ConfirmDialog>
    </>
  )
}
