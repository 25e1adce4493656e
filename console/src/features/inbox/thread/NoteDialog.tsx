/** Corrects one's own note, or removes one. */
import { Button, Group, Modal, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Message } from '@/shared/api/types'
import { useUsers } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { ConfirmDialog } from '@/shared/ui/ConfirmDialog'
import { mentionedIn } from '../composer/mentions'
import { useNoteChanges } from '../data/actions'

interface NoteDialogProps {
  note: Message
  isRemoval: boolean
  onClose: () => void
}

export function NoteDialog({ note, isRemoval, onClose }: NoteDialogProps) {
  const { t } = useTranslation(['inbox', 'common'])
  const users = useUsers()
  const { correct, remove } = useNoteChanges(note.id)
  const [body, setBody] = useState(note.body)
  if (isRemoval)
    return (
      <ConfirmDialog
        isOpen
        title={t('inbox:note.ask')}
        confirmLabel={t('inbox:note.remove')}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate(undefined, { onSuccess: onClose })}
        onClose={onClose}
      >
        {t('inbox:note.askText')}
      </ConfirmDialog>
    )

  function submit(event: FormEvent): void {
    event.preventDefault()
    const written = body.trim()
    if (written)
      correct.mutate({ body: written, mentions: mentionedIn(written, users) }, { onSuccess: onClose })
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('inbox:note.edit')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Textarea
          data-autofocus
          aria-label={t('inbox:note.edit')}
          autosize
          minRows={3}
          maxRows={12}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={correct.isPending} disabled={!body.trim()}>
            {t('common:save')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
