/** Above the message field: what the copilot can do, what it answers, and what becomes of it. Sends nothing. */
import { ActionIcon } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { IconCopilot, IconX } from '@/shared/ui/icons'
import { toast } from '@/shared/ui/toast'
import type { Act } from './asking'
import { ACTS, type CopilotProps, type Wish } from './Copilot'
import { withoutMarks } from './cited'
import classes from './copilot.module.css'
import { Options } from './Options'
import { Result } from './Result'
import { Steps } from './Steps'
import { Suggestions } from './Suggestions'
import { type Range, usePanel } from './usePanel'

interface PanelProps extends CopilotProps {
  wish: Wish
  onWish: (act: Act) => void
  onClose: () => void
}

export function Panel({ wish, onWish, onClose, ...desk }: PanelProps) {
  const { t } = useTranslation(['copilot', 'common'])
  const { ticket, text, onText } = desk
  const { shown, answer, begin, again, stop } = usePanel(ticket.id, wish, text)
  const acts = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the act says which button is pressed
  useEffect(() => {
    const pressed = acts.current?.querySelector('[aria-pressed=true]')
    void pressed?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  }, [shown.act])
  const isBusy = answer !== null && answer.state !== 'done'

  /** Puts the answer into the draft, with a way back. */
  function take({ start, end }: Range): void {
    const words = withoutMarks(answer?.text ?? '')
    const before = text
    onText(text.slice(0, start) + words + text.slice(end))
    void toast({ message: t('taken'), undo: { label: t('undo'), perform: () => onText(before) } })
    onClose()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    onClose()
  }

  return (
    <section
      className={classes.panel}
      aria-label={t('name')}
      data-testid="copilot-panel"
      onKeyDown={onKeyDown}
    >
      <header className={classes.head}>
        <IconCopilot size={16} aria-hidden className={classes.sign} />
        <div ref={acts} className={classes.acts} role="toolbar" aria-label={t('actsName')}>
          {ACTS.map((act) => (
            <button
              key={act}
              type="button"
              className={classes.act}
              aria-pressed={act === shown.act}
              title={t(`acts.${act}`)}
              data-testid={`copilot-${act}`}
              onClick={() => onWish(act)}
            >
              {t(`short.${act}`)}
            </button>
          ))}
        </div>
        <ActionIcon size={28} aria-label={t('common:close')} data-testid="copilot-close" onClick={onClose}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </header>
      <Options shown={shown} onBegin={(more) => begin(shown.act, more, shown.range)} />
      {!shown.question && shown.act !== 'ask' && <p className={classes.hint}>{t('writeFirst')}</p>}
      {answer && <Result act={shown.act} answer={answer} />}
      {answer?.suggestions && <Suggestions suggestions={answer.suggestions} desk={desk} onClose={onClose} />}
      {answer && (
        <Steps
          shown={shown}
          answer={answer}
          desk={desk}
          isBusy={isBusy}
          onTake={take}
          onStop={stop}
          onAgain={again}
          onChange={(tone) => begin('rewrite', { text: withoutMarks(answer.text), tone }, shown.range)}
        />
      )}
    </section>
  )
}
