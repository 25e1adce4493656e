/** The seconds in which a message can still be taken back: a ring that runs out, and a button. */
import { useEffect, useState } from 'react'
import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { handBack } from '../composer/handBack'
import { useMessageChanges } from '../data/actions'
import classes from './Bubble.module.css'

export function Held({ message }: { message: Message }) {
  const { state, not_before, at, direction } = message
  const isHeld = state === 'queued' && direction === 'out' && not_before !== null
  const [left, setLeft] = useState(() => (isHeld ? Date.parse(not_before) - Date.now() : 0))
  useEffect(() => {
    if (!isHeld) return
    setLeft(Date.parse(not_before) - Date.now())
    const timer = setTimeout(() => setLeft(0), Math.max(0, Date.parse(not_before) - Date.now()))
    return () => clearTimeout(timer)
  }, [isHeld, not_before])
  if (!isHeld || left <= 0) return null
  return <Ring message={message} left={left} whole={Date.parse(not_before) - Date.parse(at)} />
}

function Ring({ message, left, whole }: { message: Message; left: number; whole: number }) {
  const { t } = useTranslation('inbox')
  const { cancel } = useMessageChanges(message.id)
  const seconds = useSeconds(message.not_before)
  function takeBack(): void {
    cancel.mutate(undefined, { onSuccess: () => handBack(message.ticket, message.body) })
  }
  return (
    <button type="button" className={classes.held} onClick={takeBack} data-testid={`hold-${message.id}`}>
      <svg viewBox="0 0 20 20" width={14} height={14} aria-hidden>
        <circle
          cx={10}
          cy={10}
          r={8}
          pathLength={100}
          style={{ animationDuration: `${whole}ms`, animationDelay: `${left - whole}ms` }}
        />
      </svg>
      {t('undo.sending', { seconds })} · {t('undo.undo')}
    </button>
  )
}

/** Whole seconds until then. */
function useSeconds(until: string | null): number {
  const count = () => Math.max(0, Math.ceil((Date.parse(until ?? '') - Date.now()) / 1000))
  const [seconds, setSeconds] = useState(count)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the clock is read anew each time
  useEffect(() => {
    const timer = setInterval(() => setSeconds(count), 250)
    return () => clearInterval(timer)
  }, [until])
  return seconds
}
