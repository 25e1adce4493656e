/** Writes one more note about a contact. */
import { Button, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './contacts.module.css'
import { useWriteNote } from './queries'

export function NoteBox({ contact }: { contact: number }) {
  const { t } = useTranslation('contacts')
  const errorText = useErrorText()
  const write = useWriteNote(contact)
  const [body, setBody] = useState('')
  const text = body.trim()
  function submit(event?: FormEvent): void {
    event?.preventDefault()
    if (text && !write.isPending) write.mutate(text, { onSuccess: () => setBody('') })
  }
  return (
    <form onSubmit={submit} className={classes.noteBox}>
      <Textarea
        aria-label={t('notes.write')}
        placeholder={t('notes.write')}
        autosize
        minRows={1}
        maxRows={10}
        maxLength={10_000}
        value={body}
        error={write.error && errorText(write.error)}
        onChange={(event) => setBody(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          submit()
        }}
      />
      {text && (
        <Button type="submit" size="xs" loading={write.isPending}>
          {t('notes.save')}
        </Button>
      )}
    </form>
  )
}
