/** Chooses contacts: what is typed is looked for on the server by name and number. */
import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, call } from '@/shared/api/client'
import type { Contact } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatPhone } from '@/shared/lib/phone'

interface ContactsFieldProps {
  label: string
  contacts: readonly Contact[]
  onChange: (contacts: Contact[]) => void
  error?: string | undefined
  most?: number
  isFirst?: boolean
}

export function ContactsField({ label, contacts, onChange, error, most = 20, isFirst }: ContactsFieldProps) {
  const { t } = useTranslation('common')
  const [words, setWords] = useState('')
  const [settled] = useDebouncedValue(words.trim(), 200)
  const { data: found = [] } = useQuery({
    queryKey: ['contact-choice', settled],
    queryFn: async () => {
      const query = settled ? { search: settled } : {}
      return (await call(api.GET('/api/contacts/', { params: { query } }))).results.slice(0, 20)
    },
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  const known = [...contacts, ...found.filter(({ id }) => !contacts.some((chosen) => chosen.id === id))]
  return (
    <MultiSelect
      searchable
      data-autofocus={isFirst || undefined}
      label={label}
      error={error}
      placeholder={t('contacts.search')}
      nothingFoundMessage={t('contacts.none')}
      maxValues={most}
      data={known.map((contact) => ({ value: String(contact.id), label: nameOf(contact) }))}
      value={contacts.map(({ id }) => String(id))}
      onChange={(ids) => onChange(known.filter(({ id }) => ids.includes(String(id))))}
      searchValue={words}
      onSearchChange={setWords}
      // The server has looked already, and better than by letters.
      filter={({ options }) => options}
      comboboxProps={{ zIndex: 400 }}
    />
  )
}

function nameOf({ display_name, number }: Contact): string {
  const phone = number ? formatPhone(number) : ''
  return phone && phone !== display_name ? `${display_name} · ${phone}` : display_name
}
