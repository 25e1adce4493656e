/** Which macro: type to narrow, arrows to move, Enter to choose. What is used most comes first. */
import { TextInput } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import type { Macro } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconUser } from '@/shared/ui/icons'
import classes from './macros.module.css'

interface MacroListProps {
  macros: readonly Macro[]
  onChoose: (macro: Macro) => void
}

export function MacroList({ macros, onChoose }: MacroListProps) {
  const { t } = useTranslation('macros')
  const [words, setWords] = useState('')
  const [place, setPlace] = useState(0)
  const shown = macros
    .filter(({ name }) => plain(name).includes(plain(words)))
    .sort((a, b) => b.used_count - a.used_count || a.name.localeCompare(b.name))
  const current = Math.min(place, shown.length - 1)
  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const macro = shown[current]
    if (!macro || (step === 0 && event.key !== 'Enter')) return
    event.preventDefault()
    if (step === 0) onChoose(macro)
    else setPlace((current + step + shown.length) % shown.length)
  }
  return (
    <>
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls="macros"
        aria-activedescendant={shown[current] && `macro-${shown[current].id}`}
        aria-label={t('run.search')}
        placeholder={t('run.search')}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value)
          setPlace(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id="macros" className={classes.options} role="listbox" tabIndex={-1} aria-label={t('title')}>
        {shown.map((macro, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above, which has the focus, hears the keys
          <div
            key={macro.id}
            id={`macro-${macro.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            className={classes.option}
            data-testid={`macro-${macro.id}`}
            onClick={() => onChoose(macro)}
          >
            <span className="hd-ellipsis">{macro.name}</span>
            <span className={classes.count}>
              {!macro.is_shared && <IconUser size={14} aria-label={t('mine')} />}
              {t('stepCount', { count: macro.steps.length })}
            </span>
          </div>
        ))}
      </div>
      {shown.length === 0 && <p className="hd-muted">{t('nothingFound')}</p>}
    </>
  )
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
