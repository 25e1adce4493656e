/** The quick replies as rows: how to call them, what they say, whose they are. */
import type { QuickReply } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatNumber } from '@/shared/lib/dates'
import { type Column, DataTable } from '@/shared/ui/DataTable'
import { IconAttach, IconCompany, IconUser } from '@/shared/ui/icons'
import classes from './quickReplies.module.css'

interface QuickReplyTableProps {
  replies: readonly QuickReply[]
  onOpen: (reply: QuickReply) => void
}

export function QuickReplyTable({ replies, onOpen }: QuickReplyTableProps) {
  const { t } = useTranslation('quickReplies')
  const columns: Column<QuickReply>[] = [
    {
      key: 'shortcut',
      header: t('name'),
      width: '30%',
      cell: ({ shortcut, title }) => (
        <span className={classes.name}>
          <span className={classes.shortcut}>/{shortcut}</span>
          <span className="hd-ellipsis">{title}</span>
        </span>
      ),
    },
    { key: 'body', header: t('body'), cell: (reply) => <Says reply={reply} /> },
    { key: 'folder', header: t('folder'), width: '140px', cell: ({ folder }) => folder, isWideOnly: true },
    { key: 'owner', header: t('whose'), width: '130px', cell: (reply) => <Whose {...reply} /> },
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
      rows={replies}
      rowKey={({ id }) => id}
      onOpen={onOpen}
      openLabel={({ shortcut, title }) => `/${shortcut} ${title}`}
    />
  )
}

function Says({ reply: { body, attachments } }: { reply: QuickReply }) {
  const { t } = useTranslation('quickReplies')
  return (
    <span className={classes.says}>
      {attachments.length > 0 && (
        <span className={classes.sign}>
          <IconAttach size={14} aria-hidden /> {t('files', { count: attachments.length })}
        </span>
      )}
      {body}
    </span>
  )
}

function Whose({ is_shared }: Pick<QuickReply, 'is_shared'>) {
  const { t } = useTranslation('quickReplies')
  const Sign = is_shared ? IconCompany : IconUser
  return (
    <span className={classes.sign}>
      <Sign size={15} aria-hidden /> {t(is_shared ? 'shared' : 'mine')}
    </span>
  )
}
