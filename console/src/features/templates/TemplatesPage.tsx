/** The company's templates: what WhatsApp says of each, and a way to write more. */
import { Button, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Template } from '@/shared/api/types'
import { useConnections } from '@/shared/directory/queries'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { fold } from '@/shared/lib/fold'
import { useCan } from '@/shared/session/store'
import { IconPlus, IconRefresh, IconSearch, IconTemplate } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { toast } from '@/shared/ui/toast'
import { type Draft, EMPTY } from './draft'
import classes from './editor.module.css'
import { templatesQuery, useSync } from './queries'
import { TemplateDrawer } from './TemplateDrawer'
import { TemplateTable } from './TemplateTable'

export interface Opened {
  template: Template | null
  /** For another language: the words of this one. */
  from?: Draft
}

export function TemplatesPage() {
  const { t } = useTranslation('templates')
  const canRead = useCan('tickets.read')
  const canWrite = useCan('templates.write')
  const numbers = useConnections().filter(({ kind }) => kind === 'cloud_api')
  const [number, setNumber] = useState<number | null>(null)
  const connection = number ?? numbers.find((one) => one.is_default)?.id ?? numbers[0]?.id ?? null
  const [opened, setOpened] = useState<Opened | null>(null)
  const actions = canWrite && connection !== null && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setOpened({ template: null })}>
      {t('add')}
    </Button>
  )
  return (
    <Page title={t('title')} description={t('text')} actions={actions}>
      {numbers.length > 1 && (
        <Select
          className={classes.number}
          label={t('number')}
          data={numbers.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={String(connection)}
          onChange={(value) => setNumber(Number(value))}
          allowDeselect={false}
        />
      )}
      {!canRead ? (
        <NoPermission />
      ) : connection === null ? (
        <Empty icon={IconTemplate} title={t('noNumber')}>
          {t('noNumberText')}
        </Empty>
      ) : (
        <Templates connection={connection} onOpen={(template) => setOpened({ template })} />
      )}
      {opened && connection !== null && (
        <TemplateDrawer
          key={`${opened.template?.id}-${opened.from?.name}`}
          {...opened}
          connection={connection}
          onDuplicate={(from) => setOpened({ template: null, from: { ...EMPTY, ...from } })}
          onClose={() => setOpened(null)}
        />
      )}
    </Page>
  )
}

function Sync({ connection }: { connection: number }) {
  const { t } = useTranslation('templates')
  const errorText = useErrorText()
  const sync = useSync()
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconRefresh size={16} />}
      loading={sync.isPending}
      onClick={() =>
        sync.mutate(connection, {
          onSuccess: ({ total }) => void toast({ message: t('synced', { count: total }) }),
          onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
        })
      }
    >
      {t('sync')}
    </Button>
  )
}

function Templates({ connection, onOpen }: { connection: number; onOpen: (template: Template) => void }) {
  const { t } = useTranslation('templates')
  const canWrite = useCan('templates.write')
  const templates = useQuery(templatesQuery(connection))
  const [words, setWords] = useState('')
  if (templates.isPending) return <Loading />
  if (templates.isError) return <Failed error={templates.error} onRetry={() => void templates.refetch()} />
  if (templates.data.length === 0)
    return (
      <Empty icon={IconTemplate} title={t('empty')} action={canWrite && <Sync connection={connection} />}>
        {t('emptyText')}
      </Empty>
    )
  const wanted = fold(words.trim().replaceAll(' ', '_'))
  const shown = templates.data.filter((one) =>
    fold(`${one.name} ${one.language} ${one.category}`).includes(wanted),
  )
  const last = templates.data
    .map(({ synced_at }) => synced_at ?? '')
    .sort()
    .at(-1)
  return (
    <>
      <div className={classes.tools}>
        <TextInput
          className={classes.search}
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<IconSearch size={16} />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <span className={classes.synced}>
          {last && (
            <span className="hd-muted">
              {t('lastSync')} <TimeAgo at={last} />
            </span>
          )}
          {canWrite && <Sync connection={connection} />}
        </span>
      </div>
      {shown.length === 0 ? (
        <Empty icon={IconSearch} title={t('notFound')} />
      ) : (
        <TemplateTable templates={shown} onOpen={onOpen} />
      )}
    </>
  )
}
