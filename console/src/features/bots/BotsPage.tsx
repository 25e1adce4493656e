/** Bots of others: which there are, when they act, and whether they work. */
import { Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Bot } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { DeletedList } from '@/shared/ui/DeletedList'
import { IconPlus, IconRobot } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import { BotDrawer } from './BotDrawer'
import classes from './bots.module.css'
import { botsQuery, deletedBotsQuery, useRestoreBot } from './queries'
import { useDutyText } from './useDutyText'

export function BotsPage() {
  const { t } = useTranslation('bots')
  const canRead = useCan('ai.read')
  const canWrite = useCan('ai.write')
  const [edited, setEdited] = useState<Bot | 'new' | null>(null)
  const add = canWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
      {t('add')}
    </Button>
  )
  return (
    <Page title={t('title')} description={t('text')} actions={add}>
      {canRead ? <Bots add={add} onOpen={setEdited} /> : <NoPermission />}
      {canWrite && <DeletedBots />}
      {edited && (
        <BotDrawer
          key={edited === 'new' ? 'new' : edited.id}
          bot={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onSaved={setEdited}
        />
      )}
    </Page>
  )
}

function Bots({ add, onOpen }: { add: React.ReactNode; onOpen: (bot: Bot) => void }) {
  const { t } = useTranslation('bots')
  const bots = useQuery(botsQuery)
  const columns = useColumns()
  if (bots.isPending) return <Loading />
  if (bots.isError) return <Failed error={bots.error} onRetry={() => void bots.refetch()} />
  if (bots.data.length === 0) {
    return (
      <Empty icon={IconRobot} title={t('empty')} action={add}>
        {t('emptyText')}
      </Empty>
    )
  }
  return (
    <DataTable
      caption={t('title')}
      columns={columns}
      rows={bots.data}
      rowKey={({ id }) => id}
      onOpen={onOpen}
    />
  )
}

function DeletedBots() {
  const { t } = useTranslation('bots')
  const { data } = useQuery(deletedBotsQuery)
  return (
    <DeletedList
      title={t('deleted', { count: data?.length ?? 0 })}
      rows={data}
      label={t('restore')}
      labelOf={(name) => t('restoreOne', { name })}
      restore={useRestoreBot()}
    />
  )
}

function useColumns(): Column<Bot>[] {
  const { t } = useTranslation('bots')
  const dutyText = useDutyText()
  return [
    {
      key: 'name',
      header: t('name'),
      cell: ({ name, kind }) => (
        <span className={classes.name}>
          <span className="hd-ellipsis">{name}</span>
          <span className={classes.kind}>{t(`kinds.${kind}`)}</span>
        </span>
      ),
    },
    { key: 'duty', header: t('when'), cell: dutyText, isWideOnly: true },
    {
      key: 'state',
      header: t('state'),
      width: '34%',
      cell: ({ is_on, trouble }) => (
        <span className={classes.state}>
          <Badge variant="default">{t(is_on ? 'on' : 'off')}</Badge>
          {trouble && <span className={classes.trouble}>{t(`troubles.${trouble}`)}</span>}
        </span>
      ),
    },
  ]
}
