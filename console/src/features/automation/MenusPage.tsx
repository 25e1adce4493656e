/** The menus that customers walk, and the builder of one. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Menu } from '@/shared/api/types'
import { menusQuery, useConnections } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { DataTable } from '@/shared/ui/DataTable'
import { IconPlus, IconRobot } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { MenuBuilder } from './MenuBuilder'
import { draftOf } from './tree'

export function MenusPage() {
  const { t } = useTranslation('automation')
  const canWrite = useCan('automation.write')
  const menus = useQuery(menusQuery)
  const { menu: opened } = useSearch({ from: '/shell/settings/menus' })
  const navigate = useNavigate()
  const open = (menu?: number | 'new') =>
    void navigate({ to: '/settings/menus', search: menu ? { menu } : {} })
  if (menus.isPending) return <Loading rows={4} />
  if (menus.isError) return <Failed error={menus.error} onRetry={() => void menus.refetch()} />
  const found = menus.data.find(({ id }) => id === opened)
  if (opened === 'new' || found) {
    return (
      <MenuBuilder
        key={found?.id ?? 'new'}
        menu={found ?? null}
        onSaved={({ id }) => open(id)}
        onClose={() => open()}
      />
    )
  }
  const add = canWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => open('new')}>
      {t('menus.add')}
    </Button>
  )
  return (
    <Page title={t('menus.title')} description={t('menus.text')} actions={add}>
      {menus.data.length === 0 ? (
        <Empty icon={IconRobot} title={t('menus.empty')} action={add}>
          {t('menus.emptyText')}
        </Empty>
      ) : (
        <MenuTable menus={menus.data} onOpen={({ id }) => open(id)} />
      )}
    </Page>
  )
}

function MenuTable({ menus, onOpen }: { menus: Menu[]; onOpen: (menu: Menu) => void }) {
  const { t } = useTranslation('automation')
  const connections = useConnections()
  return (
    <DataTable
      caption={t('menus.title')}
      rows={menus}
      rowKey={({ id }) => id}
      onOpen={onOpen}
      columns={[
        { key: 'name', header: t('name'), cell: ({ name }) => name },
        {
          key: 'options',
          header: t('menus.options'),
          cell: (menu) =>
            draftOf(menu)
              .map(({ title }) => title)
              .join(' · '),
        },
        {
          key: 'numbers',
          header: t('menus.usedBy'),
          cell: ({ id }) =>
            connections
              .filter(({ menu }) => menu === id)
              .map(({ name }) => name)
              .join(', ') || t('menus.unused'),
        },
      ]}
    />
  )
}
