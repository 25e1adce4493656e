/** Removes a menu that no number uses. */
import type { Menu } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { DeleteAfterAsking } from '@/shared/ui/DeleteAfterAsking'
import { useDeleteMenu } from './queries'

export function DeleteMenu({ menu, onDone }: { menu: Menu; onDone: () => void }) {
  const { t } = useTranslation('automation')
  const remove = useDeleteMenu()
  return (
    <DeleteAfterAsking
      row={menu}
      remove={remove}
      label={t('delete')}
      title={t('deleteTitle', { name: menu.name })}
      onDone={onDone}
    >
      {t('menus.deleteText')}
    </DeleteAfterAsking>
  )
}
