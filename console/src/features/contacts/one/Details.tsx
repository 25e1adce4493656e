/** What the company knows about a contact; each part is saved at once. */
import { Select, Switch } from '@mantine/core'
import type { Contact } from '@/shared/api/types'
import { OwnerField } from '@/shared/contacts/OwnerField'
import { OwnFields } from '@/shared/contacts/OwnFields'
import { useChangeContact } from '@/shared/contacts/queries'
import { TagsField } from '@/shared/contacts/TagsField'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDate } from '@/shared/lib/dates'
import { formatPhone } from '@/shared/lib/phone'
import { useCan } from '@/shared/session/store'
import { toast } from '@/shared/ui/toast'
import { AutoField } from './AutoField'
import classes from './one.module.css'

export function Details({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts')
  return (
    <section className={classes.card} aria-label={t('details')}>
      <AutoField contact={contact} field="name" label={t('name')} />
      <AutoField contact={contact} field="number" label={t('columns.number')} shown={formatPhone} />
      <AutoField contact={contact} field="email" label={t('email')} />
      <TagsField contact={contact} />
      <OwnerField contact={contact} />
      <OwnFields contact={contact} />
      <AutoField contact={contact} field="notes" label={t('about')} description={t('aboutHint')} />
      <Toggle contact={contact} field="is_blocked" label={t('isBlocked')} hint={t('isBlockedHint')} />
      <Toggle contact={contact} field="bot_off" label={t('botOff')} hint={t('botOffHint')} />
      <Audio contact={contact} />
      <p className={classes.dates}>
        {t('sinceDate', { date: formatDate(contact.created_at) })}
        {contact.consented_at && <> · {t('consented', { date: formatDate(contact.consented_at) })}</>}
      </p>
    </section>
  )
}

function Audio({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts')
  const mayWrite = useCan('contacts.write') && !contact.is_deleted
  const errorText = useErrorText()
  const change = useChangeContact(contact.id)
  const accepts = { company: null, yes: true, no: false } as const
  const words = Object.keys(accepts) as (keyof typeof accepts)[]
  return (
    <Select
      label={t('accepts.label')}
      allowDeselect={false}
      readOnly={!mayWrite}
      data={words.map((word) => ({ value: word, label: t(`accepts.${word}`) }))}
      value={words.find((word) => accepts[word] === contact.accepts_audio) ?? 'company'}
      error={change.error && errorText(change.error)}
      onChange={(word) => change.mutate({ accepts_audio: accepts[word as keyof typeof accepts] })}
    />
  )
}

interface ToggleProps {
  contact: Contact
  field: 'is_blocked' | 'bot_off'
  label: string
  hint: string
}

function Toggle({ contact, field, label, hint }: ToggleProps) {
  const mayWrite = useCan('contacts.write') && !contact.is_deleted
  const errorText = useErrorText()
  const change = useChangeContact(contact.id)
  const pending = change.isPending ? change.variables[field] : undefined
  return (
    <Switch
      label={label}
      description={hint}
      disabled={!mayWrite}
      checked={pending ?? contact[field]}
      onChange={(event) =>
        change.mutate(
          { [field]: event.currentTarget.checked },
          { onError: (error) => void toast({ message: errorText(error), tone: 'danger' }) },
        )
      }
    />
  )
}
