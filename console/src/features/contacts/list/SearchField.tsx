/** Looks in names, numbers, user names and e-mail addresses while one types. */
import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useRef, useState } from 'react'
import { useActions } from '@/shared/actions/registry'
import { useTranslation } from '@/shared/i18n/translate'
import { IconSearch } from '@/shared/ui/icons'
import classes from './list.module.css'

export function SearchField({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  const { t } = useTranslation('contacts')
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(search)
  const remember = useDebouncedCallback(onSearch, 250)
  function change(value: string): void {
    setText(value)
    remember(value.trim())
  }
  useActions([
    {
      id: 'contacts.search',
      label: t('search'),
      group: t('title'),
      icon: IconSearch,
      shortcut: 'search',
      perform: () => field.current?.focus(),
    },
  ])
  return (
    <TextInput
      ref={field}
      className={classes.search}
      type="search"
      aria-label={t('search')}
      placeholder={t('search')}
      leftSection={<IconSearch size={16} />}
      rightSection={text && <CloseButton size="sm" aria-label={t('clear')} onClick={() => change('')} />}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}
