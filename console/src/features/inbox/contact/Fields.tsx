/** The company's own fields of this ticket; each is saved when it is left or chosen. */
import { useState } from 'react'
import type { CustomField, Ticket } from '@/shared/api/types'
import { useFields } from '@/shared/directory/queries'
import { FieldInput } from '@/shared/fields/FieldInput'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { useTicketActs } from '../data/acts'
import classes from './ContactPanel.module.css'

const TYPED = ['text', 'number', 'url', 'date']

export function Fields({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('inbox')
  const fields = useFields('ticket')
  if (fields.length === 0) return null
  return (
    <section className={classes.section}>
      <h3 className={classes.title}>{t('contact.fields')}</h3>
      {fields.map((field) => (
        <Field key={field.id} field={field} ticket={ticket} />
      ))}
    </section>
  )
}

function Field({ field, ticket }: { field: CustomField; ticket: Ticket }) {
  const mayWrite = useCan('tickets.write')
  const { fill } = useTicketActs(ticket.id)
  const kept = ticket.custom_fields[field.key] ?? null
  // undefined: nobody is writing here, so what a colleague saves shows at once.
  const [written, setWritten] = useState<unknown>()
  const isTyped = TYPED.includes(field.type)

  function save(value: unknown): void {
    if (value === undefined || value === kept) setWritten(undefined)
    else fill.mutate({ [field.key]: value }, { onSuccess: () => setWritten(undefined) })
  }

  return (
    <FieldInput
      field={field}
      value={written === undefined ? kept : written}
      isReadOnly={!mayWrite}
      isRequired={field.required_to_close}
      onChange={(value) => {
        setWritten(value)
        if (!isTyped) save(value)
      }}
      onBlur={isTyped ? () => save(written) : undefined}
    />
  )
}
