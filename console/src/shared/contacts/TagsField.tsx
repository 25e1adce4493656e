/** What a contact is about; each choice is saved at once. */
import { MultiSelect } from '@mantine/core'
import { useState } from 'react'
import type { Contact } from '@/shared/api/types'
import { useTags } from '@/shared/directory/queries'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { useChangeContact } from './queries'

export function TagsField({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts')
  const mayWrite = useCan('contacts.write')
  const errorText = useErrorText()
  const tags = useTags()
  const change = useChangeContact(contact.id)
  // What was just chosen shows before the server has answered.
  const [pending, setPending] = useState<string[] | null>(null)
  // Tags that were deleted stay on the contact, unseen.
  const own = contact.tags.filter((id) => tags.some((tag) => tag.id === id)).map(String)
  function choose(chosen: string[]): void {
    setPending(chosen)
    change.mutate({ tags: chosen.map(Number) }, { onSettled: () => setPending(null) })
  }
  return (
    <MultiSelect
      label={t('tags')}
      searchable
      readOnly={!mayWrite}
      data={tags.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={pending ?? own}
      placeholder={own.length === 0 && mayWrite ? t('addTag') : undefined}
      nothingFoundMessage={t('noTags')}
      error={change.error && errorText(change.error)}
      onChange={choose}
    />
  )
}
