/** The company's assistants, and the tools of its own that they may call. */
import { Badge, Button, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { DeletedList } from '@/shared/ui/DeletedList'
import { IconPlus, IconRobot } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Section } from '@/shared/ui/Section'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import { toast } from '@/shared/ui/toast'
import classes from './assistants.module.css'
import { NewAssistantDrawer } from './NewAssistantDrawer'
import {
  type Assistant,
  assistantsQuery,
  deletedAssistantsQuery,
  standingsQuery,
  useRestoreAssistant,
  useSaveAssistant,
} from './queries'
import { ToolsSection } from './ToolsSection'
import { useAssistantError } from './useAssistantError'
import { useWhy } from './useWhy'

export function AssistantsPage() {
  const { t } = useTranslation('assistants')
  const canRead = useCan('ai.read')
  const canWrite = useCan('ai.write')
  const [isMaking, setMaking] = useState(false)
  const make = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)} data-testid="new-assistant">
      {t('add')}
    </Button>
  )
  return (
    <Page title={t('title')} description={t('text')} actions={canWrite && make}>
      {canRead ? (
        <>
          <List />
          <ToolsSection />
        </>
      ) : (
        <NoPermission />
      )}
      {isMaking && <NewAssistantDrawer onClose={() => setMaking(false)} />}
    </Page>
  )
}

function List() {
  const { t } = useTranslation('assistants')
  const canWrite = useCan('ai.write')
  const navigate = useNavigate()
  const assistants = useQuery(assistantsQuery)
  const standings = useQuery(standingsQuery)
  const why = useWhy()
  const deleted = useQuery(deletedAssistantsQuery)
  const restore = useRestoreAssistant()
  const columns: Column<Assistant>[] = [
    { key: 'name', header: t('name'), cell: ({ name }) => name },
    {
      key: 'state',
      header: t('state'),
      width: '38%',
      cell: (one) => (
        <span className={classes.state} data-testid={`standing-${one.id}`}>
          <Badge variant="default">{one.is_on ? t('on') : t('off')}</Badge>
          <span className="hd-muted">
            {why(
              one,
              standings.data?.find(({ assistant }) => assistant === one.id),
            )}
          </span>
        </span>
      ),
    },
    { key: 'model', header: t('model'), cell: ({ model }) => model || t('providersModel'), isWideOnly: true },
    {
      key: 'hours',
      header: t('acts'),
      cell: ({ hours }) => t(`hours.${hours}`),
      isWideOnly: true,
    },
  ]
  const open = ({ id }: Assistant) =>
    void navigate({ to: '/settings/assistants/$assistant', params: { assistant: String(id) } })
  return (
    <Section title={t('list')} description={t('listText')}>
      {assistants.isPending && <Loading rows={3} />}
      {assistants.isError && <Failed error={assistants.error} onRetry={() => void assistants.refetch()} />}
      {assistants.data?.length === 0 && (
        <Empty icon={IconRobot} title={t('empty')}>
          {t('emptyText')}
        </Empty>
      )}
      {assistants.data && assistants.data.length > 0 && (
        <DataTable
          caption={t('list')}
          columns={columns}
          rows={assistants.data}
          rowKey={({ id }) => id}
          onOpen={open}
          actions={canWrite ? (one) => <Duty assistant={one} /> : undefined}
          actionsLabel={t('state')}
          actionsWidth="80px"
        />
      )}
      {canWrite && (
        <DeletedList
          title={t('deleted')}
          rows={deleted.data}
          label={t('restore')}
          labelOf={(name) => t('restoreOne', { name })}
          restore={restore}
        />
      )}
    </Section>
  )
}

/** On and off; who has to pass an exam first is told so. */
function Duty({ assistant }: { assistant: Assistant }) {
  const { t } = useTranslation('assistants')
  const errorText = useAssistantError()
  const save = useSaveAssistant()
  return (
    <Switch
      aria-label={t('onDuty', { name: assistant.name })}
      checked={assistant.is_on}
      disabled={save.isPending}
      onChange={({ currentTarget }) =>
        save.mutate(
          { id: assistant.id, body: { is_on: currentTarget.checked } },
          { onError: (error) => void toast({ message: errorText(error), tone: 'danger' }) },
        )
      }
    />
  )
}
