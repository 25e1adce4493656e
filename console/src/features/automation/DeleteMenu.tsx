/** Removes a menu that no number uses. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Menu } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { ConfirmDialog } from '@/shared/ui/ConfirmDialog'
import { toast } from '@/shared/ui/toast'
import { useDeleteMenu } from './queries'

export function DeleteMenu({ menu, onDone }: { menu: Menu; onDone: () => void }) {
  const { t } = useTranslation('automation')
  const errorText = useErrorText()
  const remove = useDeleteMenu()
  const [isAsking, setAsking] = useState(false)
  function confirm(): void {
    remove.mutate(menu, {
      onSuccess: onDone,
      onError: (error) => {
        setAsking(false)
        void toast({ message: errorText(error), tone: 'danger' })
      },
    })
  }
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        {t('delete')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('deleteTitle', { name: menu.name })}
        confirmLabel={t('delete')}
        isBusy={remove.isPending}
        onConfirm={confirm}
        onClose={() => setAsking(false)}
      >
        {t('menus.deleteText')}
      </ConfirmDialog>
    </>
  )
}
