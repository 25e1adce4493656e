/** One line or text about a contact; saved when it is left. */
import { Textarea, TextInput } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import type { Contact } from '@/shared/api/types'
import { useChangeContact } from '@/shared/contacts/queries'
import { useErrorText } from '@/shared/i18n/errors'
import { useCan } from '@/shared/session/store'

interface AutoFieldProps {
  contact: Contact
  field: 'name' | 'number' | 'email' | 'notes'
  label: string
  description?: string
  /** How the value is written for people. */
  shown?: (value: string) => string
}

export function AutoField({ contact, field, label, description, shown = (value) => value }: AutoFieldProps) {
  const mayWrite = useCan('contacts.write') && !contact.is_deleted
  const errorText = useErrorText()
  const change = useChangeContact(contact.id)
  const kept = contact[field] ?? ''
  // null: nobody is writing here, so what a colleague saves shows at once.
  const [draft, setDraft] = useState<string | null>(null)
  function finish(): void {
    if (draft === null || draft.trim() === shown(kept)) setDraft(null)
    else change.mutate({ [field]: draft.trim() }, { onSuccess: () => setDraft(null) })
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && field !== 'notes') finish()
    if (event.key === 'Escape') setDraft(null)
  }
  const props = {
    label,
    description,
    readOnly: !mayWrite,
    autoComplete: 'off',
    value: draft ?? shown(kept),
    error: change.error && draft !== null && errorText(change.error),
    onChange: (event: { currentTarget: { value: string } }) => setDraft(event.currentTarget.value),
    onBlur: finish,
    onKeyDown,
  }
  if (field === 'notes') return <Textarea {...props} autosize minRows={2} maxRows={10} />
  return <TextInput {...props} type={field === 'email' ? 'email' : field === 'number' ? 'tel' : 'text'} />
}
