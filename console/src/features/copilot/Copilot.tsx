/** The copilot of one conversation: its button, its keys and, once it is wanted, its panel. */
import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { createPortal } from 'react-dom'
import { useActions } from '@/shared/actions/registry'
import { type ShortcutId, shortcutOf } from '@/shared/actions/shortcuts'
import type { Rendered, Ticket } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { keyText } from '@/shared/lib/hotkeys'
import { later } from '@/shared/lib/later'
import { useStateOf } from '@/shared/lib/stateOf'
import { Hint } from '@/shared/ui/Hint'
import { IconCopilot } from '@/shared/ui/icons'
import type { Act } from './asking'
import classes from './copilot.module.css'
import { readyQuery } from './queries'

const Panel = later(() => import('./Panel'), 'Panel')

export interface CopilotProps {
  ticket: Ticket
  /** Where its button belongs. */
  slot: HTMLElement | null
  text: string
  /** What is being written is for colleagues. */
  isNote: boolean
  onText: (text: string) => void
  onReply: (reply: Rendered) => void
  onFocus: () => void
  /** Keeps a note on the ticket at once. */
  onNote: (text: string) => void
  onTag: (tag: number) => void
  onQueue: (queue: number) => void
}

/** What is wanted, and how often something was: the same again is a new wish. */
export interface Wish {
  act: Act
  count: number
}

const KEYS: Record<Act, ShortcutId> = {
  suggest: 'copilotSuggest',
  rewrite: 'copilotRewrite',
  translate: 'copilotTranslate',
  summary: 'copilotSummary',
  contact_summary: 'copilotContact',
  tags: 'copilotTags',
  ask: 'copilotAsk',
}
export const ACTS = Object.keys(KEYS) as Act[]

export function Copilot(props: CopilotProps) {
  const { t } = useTranslation('copilot')
  const { data: isReady } = useQuery(readyQuery)
  const [wish, setWish] = useStateOf<Wish | null>(props.ticket.id, null)
  const want = (act: Act) => setWish((before) => ({ act, count: (before?.count ?? 0) + 1 }))
  const toggle = () => (wish ? close() : want('suggest'))
  function close(): void {
    setWish(null)
    props.onFocus()
  }
  useActions(
    isReady
      ? ACTS.map((act) => ({
          id: `copilot.${act}`,
          label: t(`acts.${act}`),
          group: t('name'),
          icon: IconCopilot,
          shortcut: KEYS[act],
          perform: () => want(act),
        }))
      : [],
  )
  if (!isReady) return null
  return (
    <>
      {props.slot &&
        createPortal(
          <Hint label={`${t('open')}  ${keyText(shortcutOf('copilotSuggest').keys[0])}`}>
            <button
              type="button"
              className={classes.button}
              aria-label={t('name')}
              aria-expanded={wish !== null}
              data-testid="copilot"
              onClick={toggle}
            >
              <IconCopilot size={16} aria-hidden />
              <span>{t('name')}</span>
            </button>
          </Hint>,
          props.slot,
        )}
      {wish && (
        <Suspense>
          <Panel {...props} wish={wish} onWish={want} onClose={close} />
        </Suspense>
      )}
    </>
  )
}
