/** HTTP addresses of the company's own that assistants may call. */
import { Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { IconPlus } from '@/shared/ui/icons'
import { Section } from '@/shared/ui/Section'
import { Failed, Loading } from '@/shared/ui/states'
import classes from './assistants.module.css'
import { type AssistantTool, toolsQuery } from './queries'
import { ToolDrawer } from './ToolDrawer'

export function ToolsSection() {
  const { t } = useTranslation('assistants')
  const canWrite = useCan('ai.write')
  const tools = useQuery(toolsQuery)
  const [edited, setEdited] = useState<AssistantTool | 'new' | null>(null)
  const columns: Column<AssistantTool>[] = [
    { key: 'name', header: t('http.name'), cell: ({ name }) => <code>{name}</code> },
    { key: 'description', header: t('http.description'), cell: ({ description }) => description },
    {
      key: 'method',
      header: t('http.method'),
      width: '110px',
      isWideOnly: true,
      cell: ({ method }) => <Badge variant="default">{method}</Badge>,
    },
  ]
  const add = (
    <Button
      variant="default"
      leftSection={<IconPlus size={16} />}
      onClick={() => setEdited('new')}
      data-testid="new-tool"
    >
      {t('http.add')}
    </Button>
  )
  return (
    <Section title={t('http.title')} aside={canWrite && add}>
      <p className={classes.lead}>{t('http.text')}</p>
      {tools.isPending && <Loading rows={2} />}
      {tools.isError && <Failed error={tools.error} onRetry={() => void tools.refetch()} />}
      {tools.data?.length === 0 && <p className={classes.muted}>{t('http.empty')}</p>}
      {tools.data && tools.data.length > 0 && (
        <DataTable
          caption={t('http.title')}
          columns={columns}
          rows={tools.data}
          rowKey={({ id }) => id}
          onOpen={setEdited}
        />
      )}
      {edited && <ToolDrawer tool={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Section>
  )
}
