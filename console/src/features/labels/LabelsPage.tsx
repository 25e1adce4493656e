/** The company's own words: tags, and fields of tickets and contacts. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CustomField, Tag } from '@/shared/api/types'
import { fieldsQuery, tagsQuery } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { IconPlus, IconTag } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Section } from '@/shared/ui/Section'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import { FieldDrawer } from './FieldDrawer'
import classes from './labels.module.css'
import { TagDrawer } from './TagDrawer'

export function LabelsPage() {
  const { t } = useTranslation('labels')
  const canRead = useCan('tickets.read')
  return (
    <Page title={t('title')} description={t('text')}>
      {canRead ? (
        <>
          <Tags />
          <Fields />
        </>
      ) : (
        <NoPermission />
      )}
    </Page>
  )
}

function Tags() {
  const { t } = useTranslation('labels')
  const canWrite = useCan('tags.write')
  const tags = useQuery(tagsQuery)
  const [edited, setEdited] = useState<Tag | 'new' | null>(null)
  const columns: Column<Tag>[] = [
    {
      key: 'name',
      header: t('tags.name'),
      cell: ({ name, color }) => (
        <span className={classes.tag}>
          <span className={classes.dot} style={{ background: color }} /> {name}
        </span>
      ),
    },
  ]
  return (
    <Section
      title={t('tags.title')}
      aside={canWrite && <Add label={t('tags.add')} onClick={() => setEdited('new')} />}
    >
      {tags.isPending && <Loading rows={3} />}
      {tags.isError && <Failed error={tags.error} onRetry={() => void tags.refetch()} />}
      {tags.data?.length === 0 && (
        <Empty icon={IconTag} title={t('tags.empty')}>
          {t('tags.emptyText')}
        </Empty>
      )}
      {tags.data && tags.data.length > 0 && (
        <DataTable
          caption={t('tags.title')}
          columns={columns}
          rows={tags.data}
          rowKey={({ id }) => id}
          onOpen={setEdited}
        />
      )}
      {edited && <TagDrawer tag={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Section>
  )
}

function Fields() {
  const { t } = useTranslation('labels')
  const canWrite = useCan('fields.write')
  const fields = useQuery(fieldsQuery)
  const [edited, setEdited] = useState<CustomField | 'new' | null>(null)
  const columns: Column<CustomField>[] = [
    { key: 'label', header: t('fields.label'), cell: ({ label }) => label },
    { key: 'on', header: t('fields.on'), cell: ({ on }) => t(`fields.ons.${on}`) },
    { key: 'type', header: t('fields.type'), cell: ({ type }) => t(`fields.types.${type}`) },
    {
      key: 'required',
      header: t('fields.required'),
      cell: ({ required_to_close }) => (required_to_close ? t('fields.yes') : ''),
    },
  ]
  return (
    <Section
      title={t('fields.title')}
      description={t('fields.text')}
      aside={canWrite && <Add label={t('fields.add')} onClick={() => setEdited('new')} />}
    >
      {fields.isPending && <Loading rows={3} />}
      {fields.isError && <Failed error={fields.error} onRetry={() => void fields.refetch()} />}
      {fields.data?.length === 0 && (
        <Empty icon={IconTag} title={t('fields.empty')}>
          {t('fields.emptyText')}
        </Empty>
      )}
      {fields.data && fields.data.length > 0 && (
        <DataTable
          caption={t('fields.title')}
          columns={columns}
          rows={fields.data}
          rowKey={({ id }) => id}
          onOpen={setEdited}
        />
      )}
      {edited && <FieldDrawer field={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Section>
  )
}

function Add({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button variant="default" leftSection={<IconPlus size={16} />} onClick={onClick}>
      {label}
    </Button>
  )
}
