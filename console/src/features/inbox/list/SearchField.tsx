/** Narrows the list by name and number, a moment after the last key; Enter looks in everything that was said. */
import { CloseButton, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { openSearch } from '@/shared/search/overlay'
import { IconSearch } from '@/shared/ui/icons'
import { useListAddress } from '../useInboxAddress'
import classes from './ListPane.module.css'

const PAUSE = 250

export function SearchField() {
  const { t } = useTranslation('inbox')
  const { search, change } = useListAddress()
  const current = search.search ?? ''
  const [words, setWords] = useState(current)
  const field = useRef<HTMLInputElement>(null)
  const written = useRef(current)
  // The address changed without us: back button, or a chip was removed.
  useEffect(() => {
    if (current === written.current) return
    written.current = current
    setWords(current)
  }, [current])
  useEffect(() => {
    const next = words.trim()
    if (next === written.current) return
    const timer = setTimeout(() => {
      written.current = next
      change({ search: next || undefined }, { replace: true })
    }, PAUSE)
    return () => clearTimeout(timer)
  }, [words, change])
  return (
    <search className={classes.search}>
      <TextInput
        ref={field}
        type="text"
        inputMode="search"
        value={words}
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={
          words && <CloseButton size="sm" aria-label={t('list.clearSearch')} onClick={() => setWords('')} />
        }
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') openSearch(words)
          if (event.key !== 'Escape') return
          event.stopPropagation()
          if (words) setWords('')
          else field.current?.blur()
        }}
      />
    </search>
  )
}
