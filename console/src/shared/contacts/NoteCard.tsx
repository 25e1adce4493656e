/** A note about a contact, with what its author can do with it. */
import { ActionIcon, Button, Group, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { ContactNote } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan, useMe } from '@/shared/session/store'
import { ConfirmDialog } from '@/shared/ui/ConfirmDialog'
import { IconEdit, IconTrash } from '@/shared/ui/icons'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { toast } from '@/shared/ui/toast'
import classes from './contacts.module.css'
import { useCorrectNote, useRemoveNote } from './queries'

export function NoteCard({ note }: { note: ContactNote }) {
  const { t } = useTranslation('contacts')
  const { user } = useMe()
  const mayWrite = useCan('contacts.write')
  const removesOthers = useCan('company.write')
  const [isEdited, setEdited] = useState(false)
  const isMine = note.author?.id === user.id
  return (
    <article className={classes.note} data-testid={`note-${note.id}`}>
      <header className={classes.noteHead}>
        <strong className="hd-ellipsis">{note.author?.name ?? t('notes.program')}</strong>
        <TimeAgo at={note.created_at} className={classes.noteTime} />
        {mayWrite && isMine && !isEdited && (
          <ActionIcon size={26} aria-label={t('notes.edit')} onClick={() => setEdited(true)}>
            <IconEdit size={14} aria-hidden />
          </ActionIcon>
        )}
        {mayWrite && (isMine || removesOthers) && <Remove note={note} />}
      </header>
      {isEdited ? (
        <Editor note={note} onDone={() => setEdited(false)} />
      ) : (
        <p className={classes.noteBody}>{note.body}</p>
      )}
    </article>
  )
}

function Editor({ note, onDone }: { note: ContactNote; onDone: () => void }) {
  const { t } = useTranslation(['contacts', 'common'])
  const errorText = useErrorText()
  const correct = useCorrectNote()
  const [body, setBody] = useState(note.body)
  return (
    <>
      <Textarea
        autoFocus
        aria-label={t('notes.edit')}
        autosize
        minRows={2}
        maxRows={12}
        maxLength={10_000}
        value={body}
        error={correct.error && errorText(correct.error)}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <Group gap="xs" justify="flex-end" mt={6}>
        <Button size="xs" variant="default" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button
          size="xs"
          loading={correct.isPending}
          disabled={!body.trim()}
          onClick={() => correct.mutate({ id: note.id, body: body.trim() }, { onSuccess: onDone })}
        >
          {t('common:save')}
        </Button>
      </Group>
    </>
  )
}

function Remove({ note }: { note: ContactNote }) {
  const { t } = useTranslation('contacts')
  const errorText = useErrorText()
  const remove = useRemoveNote()
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <ActionIcon size={26} aria-label={t('notes.delete')} onClick={() => setAsking(true)}>
        <IconTrash size={14} aria-hidden />
      </ActionIcon>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('notes.deleteTitle')}
        confirmLabel={t('delete')}
        isBusy={remove.isPending}
        onConfirm={() =>
          remove.mutate(note, {
            onSuccess: () => setAsking(false),
            onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
          })
        }
        onClose={() => setAsking(false)}
      >
        {note.body}
      </ConfirmDialog>
    </>
  )
}
