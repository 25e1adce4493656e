/** How the list is shown: its order and its columns. */
import { Button, Menu } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { IconCheck, IconChevronDown } from '@/shared/ui/icons'
import { type ContactSort, SORTS } from '../search'
import type { Column, ColumnId } from './columns'

interface ViewMenuProps {
  sort: ContactSort
  every: readonly Column[]
  shown: readonly Column[]
  onSort: (sort: ContactSort) => void
  onToggle: (column: ColumnId) => void
}

export function ViewMenu({ sort, every, shown, onSort, onToggle }: ViewMenuProps) {
  const { t } = useTranslation('contacts')
  return (
    <Menu position="bottom-end" width={230} closeOnItemClick={false}>
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" color="gray" rightSection={<IconChevronDown size={14} />}>
          {t(`sorts.${sort}`)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('order')}</Menu.Label>
        {SORTS.map((one) => (
          <Menu.Item
            key={one}
            role="menuitemradio"
            aria-checked={one === sort}
            rightSection={mark(one === sort)}
            onClick={() => onSort(one)}
          >
            {t(`sorts.${one}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('columns.title')}</Menu.Label>
        {every.map(({ id, label }) => {
          const isShown = shown.some((one) => one.id === id)
          return (
            <Menu.Item
              key={id}
              role="menuitemcheckbox"
              aria-checked={isShown}
              rightSection={mark(isShown)}
              onClick={() => onToggle(id)}
            >
              {label}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}

function mark(isOn: boolean) {
  return isOn ? <IconCheck size={15} aria-hidden /> : null
}
