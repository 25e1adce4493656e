/** What can be done with an answer: put it into the draft, keep it, change it, ask again, stop. */
import { useActions } from '@/shared/actions/registry'
import { shortcutOf } from '@/shared/actions/shortcuts'
import type { CopilotQuestion } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { keyText } from '@/shared/lib/hotkeys'
import { CopyButton } from '@/shared/ui/CopyButton'
import type { Act, Answer } from './asking'
import type { CopilotProps } from './Copilot'
import { withoutMarks } from './cited'
import classes from './copilot.module.css'
import type { Range, Shown } from './usePanel'

type Tone = NonNullable<CopilotQuestion['tone']>

interface StepsProps {
  shown: Shown
  answer: Answer
  desk: Pick<CopilotProps, 'text' | 'onNote'>
  isBusy: boolean
  onTake: (range: Range) => void
  onStop: () => void
  onAgain: () => void
  onChange: (tone: Tone) => void
}

const TO_CUSTOMER: readonly Act[] = ['suggest', 'rewrite', 'translate']
const FOR_COLLEAGUES: readonly Act[] = ['summary', 'contact_summary', 'ask']
const CHANGES: readonly Tone[] = ['shorter', 'friendly', 'formal']

export function Steps({ shown, answer, desk, isBusy, onTake, onStop, onAgain, onChange }: StepsProps) {
  const { t } = useTranslation('copilot')
  const words = withoutMarks(answer.text)
  const isUsable = !isBusy && words !== ''
  const mayTake = isUsable && TO_CUSTOMER.includes(shown.act)
  const end = desk.text.length
  // A suggestion goes on from what was begun, so it stands in its place; the rest can stay.
  const isFresh = desk.text.trim() === ''
  const take = () => onTake(isFresh ? { start: 0, end } : shown.range)
  useActions(
    mayTake
      ? [{ id: 'copilot.take', label: t('take'), group: t('name'), shortcut: 'copilotTake', perform: take }]
      : [],
  )
  return (
    <div className={classes.steps}>
      {isBusy && (
        <button type="button" className={classes.chip} onClick={onStop} data-testid="copilot-stop">
          {t('stop')}
        </button>
      )}
      {mayTake && (
        <button type="button" className={classes.primary} onClick={take} data-testid="copilot-take">
          {t(isFresh ? 'insert' : 'replace')} <kbd>{keyText(shortcutOf('copilotTake').keys[0])}</kbd>
        </button>
      )}
      {mayTake && !isFresh && shown.act === 'suggest' && (
        <button
          type="button"
          className={classes.chip}
          onClick={() => onTake({ start: end, end })}
          data-testid="copilot-append"
        >
          {t('append')}
        </button>
      )}
      {isUsable && FOR_COLLEAGUES.includes(shown.act) && (
        <>
          <button
            type="button"
            className={classes.primary}
            data-testid="copilot-note"
            onClick={() => desk.onNote(words)}
          >
            {t('note')}
          </button>
          <CopyButton value={words}>
            {(copy, isCopied) => (
              <button type="button" className={classes.chip} onClick={copy}>
                {t(isCopied ? 'copied' : 'copy')}
              </button>
            )}
          </CopyButton>
        </>
      )}
      {mayTake &&
        shown.act === 'suggest' &&
        CHANGES.map((tone) => (
          <button key={tone} type="button" className={classes.chip} onClick={() => onChange(tone)}>
            {t(`tones.${tone}`)}
          </button>
        ))}
      {!isBusy && (
        <button type="button" className={classes.chip} onClick={onAgain} data-testid="copilot-again">
          {t('again')}
        </button>
      )}
    </div>
  )
}
