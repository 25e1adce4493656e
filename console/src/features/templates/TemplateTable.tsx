/** The templates as rows: what they say, their category, and what WhatsApp thinks of them. */
import type { Template } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { partOf, word } from '@/shared/templates/parts'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import classes from './editor.module.css'
import { Quality, StatusBadge } from './StatusBadge'

interface TemplateTableProps {
  templates: readonly Template[]
  onOpen: (template: Template) => void
}

export function TemplateTable({ templates, onOpen }: TemplateTableProps) {
  const { t } = useTranslation('templates')
  const columns: Column<Template>[] = [
    {
      key: 'name',
      header: t('name'),
      cell: ({ name, components, edited }) => (
        <span className={classes.name}>
          <span className={classes.nameText}>{name}</span>
          <span className={`hd-ellipsis ${classes.says}`}>
            {word(partOf(edited ?? components, 'body')?.text)}
          </span>
        </span>
      ),
    },
    { key: 'language', header: t('language'), width: '96px', cell: ({ language }) => language },
    {
      key: 'category',
      header: t('category'),
      width: '130px',
      cell: ({ category, next_category }) => (
        <span>
          {t(`categories.${category}`)}
          {next_category && <small className={classes.soon}>→ {t(`categories.${next_category}`)}</small>}
        </span>
      ),
    },
    { key: 'status', header: t('status'), width: '170px', cell: (one) => <StatusBadge template={one} /> },
    {
      key: 'quality',
      header: t('quality'),
      width: '136px',
      cell: ({ quality }) => <Quality value={quality} />,
    },
  ]
  return (
    <DataTable
      caption={t('title')}
      columns={columns}
      rows={templates}
      rowKey={({ id }) => id}
      onOpen={onOpen}
      hasLabels
    />
  )
}
