/** Corrects one's own note, or removes one. */
import type { Message } from '@/shared/api/types'
import { useUsers } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { ConfirmDialog } from '@/shared/ui/ConfirmDialog'
import { mentionedIn } from '../composer/mentions'
import { useNoteChanges } from '../data/actions'
import { WordsDialog } from './WordsDialog'

interface NoteDialogProps {
  note: Message
  isRemoval: boolean
  onClose: () => void
}

export function NoteDialog({ note, isRemoval, onClose }: NoteDialogProps) {
  const { t } = useTranslation('inbox')
  const users = useUsers()
  const { correct, remove } = useNoteChanges(note.id)
  if (isRemoval)
    return (
      <ConfirmDialog
        isOpen
        title={t('note.ask')}
        confirmLabel={t('note.remove')}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate(undefined, { onSuccess: onClose })}
        onClose={onClose}
      >
        {t('note.askText')}
      </ConfirmDialog>
    )

  function save(words: string): void {
    const body = words.trim()
    correct.mutate({ body, mentions: mentionedIn(body, users) }, { onSuccess: onClose })
  }

  return (
    <WordsDialog
      title={t('note.edit')}
      words={note.body}
      isBusy={correct.isPending}
      onSave={save}
      onClose={onClose}
    />
  )
}
