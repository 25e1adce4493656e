/** Who looks after a contact; new conversations can go straight to them. */
import { Select } from '@mantine/core'
import type { Contact } from '@/shared/api/types'
import { useUsers } from '@/shared/directory/queries'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { useChangeContact } from './queries'

export function OwnerField({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts')
  const mayWrite = useCan('contacts.write')
  const errorText = useErrorText()
  const users = useUsers()
  const change = useChangeContact(contact.id)
  const shown = users.filter(({ id, is_active }) => is_active || id === contact.owner)
  return (
    <Select
      label={t('owner')}
      searchable
      clearable
      readOnly={!mayWrite}
      placeholder={t('nobody')}
      clearButtonProps={{ 'aria-label': t('nobody') }}
      data={shown.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={contact.owner === null ? null : String(contact.owner)}
      error={change.error && errorText(change.error)}
      onChange={(chosen) => change.mutate({ owner: chosen === null ? null : Number(chosen) })}
    />
  )
}
