/** Macros: several steps with a conversation in one click. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useActions } from '@/shared/actions/registry'
import { macrosQuery } from '@/shared/answers/queries'
import type { Macro } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatNumber } from '@/shared/lib/dates'
import { useCan } from '@/shared/session/store'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { DeletedList } from '@/shared/ui/DeletedList'
import { IconCompany, IconMacro, IconPlus, IconUser } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import { MacroDrawer } from './MacroDrawer'
import classes from './macros.module.css'
import { deletedMacrosQuery, useRestoreMacro } from './queries'
import { draftsOf, STEP_ICONS } from './steps'

export function MacrosPage() {
  const { t } = useTranslation('macros')
  const canRead = useCan('tickets.read')
  const canWrite = useCan('tickets.write')
  const [edited, setEdited] = useState<Macro | 'new' | null>(null)
  useActions(
    canWrite
      ? [
          {
            id: 'macros.add',
            label: t('add'),
            group: t('title'),
            icon: IconPlus,
            perform: () => setEdited('new'),
          },
        ]
      : [],
  )
  const add = canWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
      {t('add')}
    </Button>
  )
  return (
    <Page title={t('title')} description={t('text')} actions={add}>
      {canRead ? <Macros add={add} onOpen={setEdited} /> : <NoPermission />}
      {canWrite && <Deleted />}
      {edited && <MacroDrawer macro={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Page>
  )
}

function Macros({ add, onOpen }: { add: ReactNode; onOpen: (macro: Macro) => void }) {
  const { t } = useTranslation('macros')
  const macros = useQuery(macrosQuery)
  if (macros.isPending) return <Loading />
  if (macros.isError) return <Failed error={macros.error} onRetry={() => void macros.refetch()} />
  if (macros.data.length === 0) {
    return (
      <Empty icon={IconMacro} title={t('empty')} action={add}>
        {t('emptyText')}
      </Empty>
    )
  }
  const columns: Column<Macro>[] = [
    { key: 'name', header: t('name'), width: '30%', cell: ({ name }) => name },
    { key: 'steps', header: t('steps'), cell: (macro) => <Steps macro={macro} /> },
    { key: 'owner', header: t('whose'), width: '130px', cell: (macro) => <Whose macro={macro} /> },
    {
      key: 'used',
      header: t('used'),
      width: '90px',
      align: 'end',
      cell: ({ used_count }) => formatNumber(used_count),
      isWideOnly: true,
    },
  ]
  return (
    <DataTable
      caption={t('title')}
      columns={columns}
      rows={macros.data}
      rowKey={({ id }) => id}
      onOpen={onOpen}
      openLabel={({ name }) => name}
    />
  )
}

/** As signs with their names, in order. */
function Steps({ macro }: { macro: Macro }) {
  const { t } = useTranslation('macros')
  return (
    <ol className={classes.chips}>
      {draftsOf(macro.steps).map(({ id, kind }) => {
        const Sign = STEP_ICONS[kind]
        return (
          <li key={id} className={classes.chip}>
            <Sign size={14} aria-hidden /> {t(`kinds.${kind}`)}
          </li>
        )
      })}
    </ol>
  )
}

function Whose({ macro: { is_shared } }: { macro: Macro }) {
  const { t } = useTranslation('macros')
  const Sign = is_shared ? IconCompany : IconUser
  return (
    <span className={classes.whose}>
      <Sign size={15} aria-hidden /> {t(is_shared ? 'shared' : 'mine')}
    </span>
  )
}

function Deleted() {
  const { t } = useTranslation('macros')
  const { data = [] } = useQuery(deletedMacrosQuery)
  return (
    <DeletedList
      title={t('deleted', { count: data.length })}
      rows={data}
      label={t('restore')}
      labelOf={(name) => t('restoreLabel', { name })}
      restore={useRestoreMacro()}
    />
  )
}
