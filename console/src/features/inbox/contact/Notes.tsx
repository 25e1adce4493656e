/** What colleagues should know about the contact; saved when the field is left. */
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Contact } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { useSaveContact } from '../data/contact'
import { useRefusalText } from '../data/refusals'
import classes from './ContactPanel.module.css'

export function Notes({ contact }: { contact: Contact }) {
  const { t } = useTranslation('inbox')
  const mayWrite = useCan('contacts.write')
  const refusalText = useRefusalText()
  const save = useSaveContact(contact.id)
  // null: nobody is writing here, so what a colleague saves shows at once.
  const [draft, setDraft] = useState<string | null>(null)
  function finish(): void {
    if (draft === null || draft === contact.notes) setDraft(null)
    else save.mutate({ notes: draft }, { onSuccess: () => setDraft(null) })
  }
  return (
    <section className={classes.section}>
      <h3 className={classes.title} id="contact-notes">
        {t('contact.notes')}
      </h3>
      <Textarea
        aria-labelledby="contact-notes"
        autosize
        minRows={2}
        maxRows={10}
        readOnly={!mayWrite}
        placeholder={t('contact.notesHint')}
        value={draft ?? contact.notes}
        error={save.error && refusalText(save.error)}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={finish}
      />
      <span className={classes.saved} role="status">
        {save.isPending
          ? t('contact.saving')
          : draft !== null && draft !== contact.notes
            ? t('contact.unsaved')
            : save.isSuccess
              ? t('contact.saved')
              : ''}
      </span>
    </section>
  )
}
