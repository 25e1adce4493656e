/** Add or edit a quick reply: what to type for it, what it says, and who may use it. */
import { Autocomplete, Button, Input, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { quickRepliesQuery } from '@/shared/answers/queries'
import { WhoseField } from '@/shared/answers/WhoseField'
import type { Attachment, QuickReply } from '@/shared/api/types'
import { FilesField } from '@/shared/files/FilesField'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { Offer } from '@/shared/offers/Offer'
import { useCan } from '@/shared/session/store'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { toast } from '@/shared/ui/toast'
import { VariableField } from '@/shared/variables/VariableField'
import { foldersOf } from './Folders'
import { type ReplyFields, useDeleteReply, useSaveReply } from './queries'

export function QuickReplyDrawer({ reply, onClose }: { reply: QuickReply | null; onClose: () => void }) {
  const { t } = useTranslation('quickReplies')
  const mayShare = useCan('quick_replies.write')
  const mayWrite = useCan('tickets.write')
  const errorText = useErrorText()
  const save = useSaveReply(reply)
  const remove = useDeleteReply()
  const { data: others = [] } = useQuery(quickRepliesQuery)
  const [files, setFiles] = useState<Attachment[]>(() => reply?.attachments ?? [])
  const isToTap = reply !== null && reply.kind !== 'text'
  const isReadOnly = !mayWrite || (reply?.is_shared === true && !mayShare)
  const form = useForm<ReplyFields>({
    initialValues: {
      shortcut: reply?.shortcut ?? '',
      title: reply?.title ?? '',
      folder: reply?.folder ?? '',
      body: reply?.body ?? '',
      is_shared: reply?.is_shared ?? mayShare,
    },
    validate: {
      shortcut: (value) => (/^[^\s/]{1,30}$/.test(value) ? null : t('shortcutWrong')),
      title: (value) => (value.trim() ? null : t('titleMissing')),
      body: (value) => (value.trim() || files.length > 0 || isToTap ? null : t('bodyMissing')),
    },
  })
  const isElsewhere = save.isError && Object.keys(form.errors).length === 0
  function submit(values: ReplyFields): void {
    save.mutate(isToTap ? values : { ...values, attachments: files.map(({ id }) => id) }, {
      onSuccess: onClose,
      onError: (error) => showFieldErrors(form, error),
    })
  }
  return (
    <FormDrawer
      isOpen
      size={520}
      title={reply ? `/${reply.shortcut}` : t('add')}
      onClose={onClose}
      onSubmit={form.onSubmit(submit)}
      isBusy={save.isPending}
      error={isElsewhere ? errorText(save.error) : null}
      isReadOnly={isReadOnly}
      aside={
        reply &&
        !isReadOnly && (
          <Button
            variant="subtle"
            color="red"
            loading={remove.isPending}
            onClick={() =>
              remove.mutate(reply, {
                onSuccess: onClose,
                onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
              })
            }
          >
            {t('delete')}
          </Button>
        )
      }
    >
      <TextInput
        label={t('shortcut')}
        description={t('shortcutHelp')}
        leftSection="/"
        maxLength={30}
        data-autofocus
        {...form.getInputProps('shortcut')}
      />
      <TextInput label={t('replyTitle')} maxLength={80} {...form.getInputProps('title')} />
      <Autocomplete
        label={t('folder')}
        description={t('folderHelp')}
        maxLength={60}
        data={foldersOf(others).filter(Boolean)}
        {...form.getInputProps('folder')}
      />
      <VariableField
        label={t('body')}
        value={form.values.body}
        onChange={(body) => form.setFieldValue('body', body)}
        error={form.errors.body}
        isReadOnly={isReadOnly}
        maxLength={4096}
      />
      {isToTap ? (
        <Input.Wrapper label={t('toTap')} description={t('toTapHelp')}>
          <Offer kind={reply.kind} body="" content={reply.content} isOpen />
        </Input.Wrapper>
      ) : (
        <FilesField files={files} onChange={setFiles} isReadOnly={isReadOnly} />
      )}
      <WhoseField
        isShared={form.values.is_shared}
        mayShare={mayShare}
        onChange={(value) => form.setFieldValue('is_shared', value)}
      />
    </FormDrawer>
  )
}
