/** The company's own fields of a contact; each is saved when it is left or chosen. */
import { useState } from 'react'
import type { Contact, CustomField } from '@/shared/api/types'
import { useFields } from '@/shared/directory/queries'
import { FieldInput } from '@/shared/fields/FieldInput'
import { useErrorText } from '@/shared/i18n/errors'
import { useCan } from '@/shared/session/store'
import { useChangeContact } from './queries'

const TYPED = ['text', 'number', 'url', 'date']

export function OwnFields({ contact }: { contact: Contact }) {
  const fields = useFields('contact')
  return fields.map((field) => <OwnField key={field.id} field={field} contact={contact} />)
}

function OwnField({ field, contact }: { field: CustomField; contact: Contact }) {
  const mayWrite = useCan('contacts.write')
  const errorText = useErrorText()
  const change = useChangeContact(contact.id)
  const kept = contact.custom_fields[field.key] ?? null
  // undefined: nobody is writing here, so what a colleague saves shows at once.
  const [written, setWritten] = useState<unknown>()
  const isTyped = TYPED.includes(field.type)

  function save(value: unknown): void {
    if (value === undefined || value === kept) setWritten(undefined)
    else change.mutate({ custom_fields: { [field.key]: value } }, { onSuccess: () => setWritten(undefined) })
  }

  return (
    <FieldInput
      field={field}
      value={written === undefined ? kept : written}
      isReadOnly={!mayWrite}
      error={change.error ? errorText(change.error) : undefined}
      onChange={(value) => {
        setWritten(value)
        if (!isTyped) save(value)
      }}
      onBlur={isTyped ? () => save(written) : undefined}
    />
  )
}
