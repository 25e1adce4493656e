/** Quick replies: the company's and one's own, in folders. */
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useActions } from '@/shared/actions/registry'
import { quickRepliesQuery } from '@/shared/answers/queries'
import type { QuickReply } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { IconBolt, IconPlus, IconSearch } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import { DeletedReplies } from './DeletedReplies'
import { Folders } from './Folders'
import { QuickReplyDrawer } from './QuickReplyDrawer'
import { QuickReplyTable } from './QuickReplyTable'
import classes from './quickReplies.module.css'
import { ranked } from './slash'

export function QuickRepliesPage() {
  const { t } = useTranslation('quickReplies')
  const canRead = useCan('tickets.read')
  const canWrite = useCan('tickets.write')
  const [edited, setEdited] = useState<QuickReply | 'new' | null>(null)
  useActions(
    canWrite
      ? [
          {
            id: 'quickReplies.add',
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
      {canRead ? <Replies add={add} onOpen={setEdited} /> : <NoPermission />}
      {canWrite && <DeletedReplies />}
      {edited && (
        <QuickReplyDrawer reply={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
    </Page>
  )
}

function Replies({ add, onOpen }: { add: ReactNode; onOpen: (reply: QuickReply) => void }) {
  const { t } = useTranslation('quickReplies')
  const replies = useQuery(quickRepliesQuery)
  const [words, setWords] = useState('')
  const [folder, setFolder] = useState<string | null>(null)
  if (replies.isPending) return <Loading />
  if (replies.isError) return <Failed error={replies.error} onRetry={() => void replies.refetch()} />
  if (replies.data.length === 0) {
    return (
      <Empty icon={IconBolt} title={t('empty')} action={add}>
        {t('emptyText')}
      </Empty>
    )
  }
  const inFolder = folder === null ? replies.data : replies.data.filter((reply) => reply.folder === folder)
  const shown = words.trim() ? ranked(inFolder, words.trim(), [], inFolder.length) : inFolder
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
        <Folders replies={replies.data} chosen={folder} onChoose={setFolder} />
      </div>
      {shown.length === 0 ? (
        <Empty icon={IconSearch} title={t('notFound')} />
      ) : (
        <QuickReplyTable replies={shown} onOpen={onOpen} />
      )}
    </>
  )
}
