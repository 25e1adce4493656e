/** Choosing from a list with the keyboard: type to narrow, arrows to move, Enter to choose. */
import { Modal, TextInput } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { IconCheck } from '@/shared/ui/icons'
import classes from './acts.module.css'

export interface Option<Id> {
  id: Id
  label: string
  hint?: string
  color?: string
  isChosen?: boolean
}

interface PickDialogProps<Id> {
  title: string
  options: readonly Option<Id>[]
  onPick: (id: Id) => void
  onClose: () => void
  onWords?: (words: string) => void
  /** What the server found by the words is shown whatever its label says. */
  isFound?: (id: Id) => boolean
  placeholder?: string
  /** Shown under the list. */
  children?: ReactNode
  /** Several may be chosen; choosing one chosen already takes it away. */
  isMulti?: boolean
}

export function PickDialog<Id extends string | number>(props: PickDialogProps<Id>) {
  const { title, options, onPick, onClose, onWords, isFound, children, isMulti } = props
  const { t } = useTranslation(['acts', 'common'])
  const list = useId()
  const [words, setWords] = useState('')
  const [place, setPlace] = useState(0)
  const shown = options.filter(
    ({ id, label, hint }) => isFound?.(id) || plain(`${label} ${hint ?? ''}`).includes(plain(words)),
  )
  const current = Math.min(place, shown.length - 1)
  const chosen = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place moves the eye
  useEffect(() => {
    void chosen.current?.scrollIntoView({ block: 'nearest' })
  }, [current])

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const option = shown[current]
    if (step !== 0 && shown.length > 0) {
      event.preventDefault()
      setPlace((current + step + shown.length) % shown.length)
    } else if (event.key === 'Enter' && option) {
      event.preventDefault()
      onPick(option.id)
    }
  }

  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={shown[current] && `${list}-${shown[current].id}`}
        aria-label={props.placeholder ?? t('filter')}
        placeholder={props.placeholder ?? t('filter')}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value)
          setPlace(0)
          onWords?.(event.currentTarget.value)
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id={list}
        className={classes.options}
        role="listbox"
        tabIndex={-1}
        aria-label={title}
        aria-multiselectable={isMulti}
      >
        {shown.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard by the field above, which has the focus
          <div
            key={option.id}
            id={`${list}-${option.id}`}
            ref={index === current ? chosen : undefined}
            role="option"
            tabIndex={-1}
            className={classes.option}
            aria-selected={option.isChosen ?? index === current}
            data-current={index === current || undefined}
            data-testid={`option-${option.id}`}
            onClick={() => onPick(option.id)}
          >
            {option.color && <span className={classes.dot} style={{ background: option.color }} />}
            <span className="hd-ellipsis">{option.label}</span>
            {option.hint && <span className={classes.hint}>{option.hint}</span>}
            {option.isChosen && <IconCheck size={17} aria-hidden className={classes.check} />}
          </div>
        ))}
      </div>
      {shown.length === 0 && (words || !onWords) && <p className={classes.nothing}>{t('nothing')}</p>}
      {children}
    </Modal>
  )
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
