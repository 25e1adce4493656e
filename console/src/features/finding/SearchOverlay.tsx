/** Searches everything that was said: messages, notes, what voices said, conversations and contacts. */
import { Loader, Modal, TextInput } from '@mantine/core'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { useCursor } from '@/shared/lib/useCursor'
import { closeSearch, useSearchOverlay } from '@/shared/search/overlay'
import { IconSearch } from '@/shared/ui/icons'
import { Empty, Failed } from '@/shared/ui/states'
import { Line } from './Line'
import { useLines } from './lines'
import { OperatorHelp, OperatorKeys } from './OperatorHelp'
import { completed, pieceAt } from './operators'
import classes from './search.module.css'
import { useFindings } from './useFindings'
import { useSuggestions } from './useSuggestions'

export function SearchOverlay() {
  const { t } = useTranslation(['finding', 'common'])
  const begin = useSearchOverlay((state) => state.words)
  const [text, setText] = useState(begin ?? '')
  const [caret, setCaret] = useState(text.length)
  const [place, setPlace] = useState<number | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const moveCursor = useCursor(field)
  const list = useId()
  const piece = pieceAt(text, caret)
  const suggestions = useSuggestions(piece)
  const findings = useFindings(text)
  const lines = useLines({ suggestions, findings, onSuggest: complete })
  // Tab completes; Enter opens, as soon as there is something to open.
  const hasFound = piece?.value && lines.length > suggestions.length
  const first = hasFound ? suggestions.length : 0
  const current = Math.min(place ?? first, lines.length - 1)
  const chosen = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place moves the eye
  useEffect(() => void chosen.current?.scrollIntoView({ block: 'nearest' }), [current])

  function write(next: string, at = next.length): void {
    setText(next)
    setCaret(at)
    setPlace(null)
    moveCursor(at)
  }

  function complete(value: string): void {
    if (!piece) return
    const next = completed(text, piece, value)
    write(next.text, next.caret)
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && lines.length > 0) {
      event.preventDefault()
      setPlace((current + step + lines.length) % lines.length)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      lines[current]?.perform()
    } else if (event.key === 'Tab' && suggestions[0] && !event.shiftKey) {
      event.preventDefault()
      complete((suggestions[current] ?? suggestions[0]).value)
    }
  }

  const { isWorthwhile, isSearching, error } = findings
  const isEmpty = isWorthwhile && !isSearching && !error && lines.length === 0
  return (
    <Modal
      opened
      onClose={closeSearch}
      size={720}
      centered={false}
      yOffset="8dvh"
      padding={0}
      withCloseButton={false}
      attributes={{ content: { 'aria-label': t('search.name') } }}
      overlayProps={{ backgroundOpacity: 0.4 }}
    >
      <search className={classes.search}>
        <TextInput
          ref={field}
          data-autofocus
          size="md"
          variant="unstyled"
          role="combobox"
          aria-expanded={lines.length > 0}
          aria-controls={list}
          aria-activedescendant={lines[current] && `${list}-${current}`}
          aria-label={t('search.name')}
          placeholder={t('search.placeholder')}
          value={text}
          maxLength={300}
          leftSection={<IconSearch size={18} aria-hidden />}
          rightSection={isSearching && <Loader size={16} aria-label={t('search.searching')} />}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setCaret(event.currentTarget.selectionStart ?? event.currentTarget.value.length)
            setPlace(null)
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? text.length)}
          onKeyDown={onKeyDown}
          data-testid="search-field"
        />
        <OperatorKeys onChoose={(word) => write(`${text.trimEnd()}${text.trim() && ' '}${word}:`)} />
      </search>
      <div className={classes.results} aria-busy={isSearching}>
        {!isWorthwhile && suggestions.length === 0 && <OperatorHelp />}
        {Boolean(error) && <Failed error={error} onRetry={findings.retry} />}
        {isEmpty && (
          <Empty icon={IconSearch} title={t('search.nothing')}>
            {t('search.nothingText')}
          </Empty>
        )}
        <div id={list} role="listbox" aria-label={t('search.results')} tabIndex={-1}>
          {lines.map((line, index) => (
            <Line
              key={line.key}
              id={`${list}-${index}`}
              ref={index === current ? chosen : undefined}
              line={line}
              heading={lines[index - 1]?.group === line.group ? null : line.group}
              isCurrent={index === current}
            />
          ))}
        </div>
      </div>
      <p className={classes.foot} role="status">
        {isWorthwhile && !isSearching
          ? t('search.found', { count: lines.filter(({ isFound }) => isFound).length })
          : t('search.hint')}
      </p>
    </Modal>
  )
}
