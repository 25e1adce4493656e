/** The variables at hand: one stop of Tab, arrows between them. */
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { VARIABLES } from './queries'
import classes from './variables.module.css'

interface VariableChipsProps {
  extra: readonly string[]
  onInsert: (name: string) => void
}

export function VariableChips({ extra, onInsert }: VariableChipsProps) {
  const { t } = useTranslation('automation')
  const [current, setCurrent] = useState(0)
  const names = [...extra, ...VARIABLES]

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const next = (current + step + names.length) % names.length
    setCurrent(next)
    event.currentTarget.querySelectorAll('button')[next]?.focus()
  }

  return (
    <div
      role="toolbar"
      className={classes.chips}
      aria-label={t('variables.insert')}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {names.map((name, index) => (
        <button
          key={name}
          type="button"
          className={classes.chip}
          title={`{{${name}}}`}
          tabIndex={index === current ? 0 : -1}
          onFocus={() => setCurrent(index)}
          onClick={() => onInsert(name)}
        >
          {t(`variables.names.${name}`)}
        </button>
      ))}
    </div>
  )
}
