/** The codes of the ledger that people choose from; their words are in the texts. */
import type { LedgerEvent } from '@/shared/api/types'

export const KINDS = [
  'message',
  'status',
  'reaction',
  'edit',
  'removal',
  'call',
  'notice',
  'identity',
  'account',
  'unsupported',
  'unknown',
] as const satisfies readonly LedgerEvent['kind'][]
export const OUTCOMES = [
  'applied',
  'pending',
  'waiting',
  'skipped',
  'unsupported',
  'quarantined',
  'duplicate',
] as const
export const ATTEMPT_OUTCOMES = ['accepted', 'refused', 'postponed', 'unclear', 'open'] as const
export const PAYLOAD_STATES = ['new', 'split', 'quarantined'] as const

/** How an outcome looks: nothing to do, look at it, something is wrong. */
export function toneOf(outcome: string): 'good' | 'plain' | 'warn' | 'bad' {
  if (outcome === 'applied' || outcome === 'accepted' || outcome === 'split') return 'good'
  if (outcome === 'quarantined' || outcome === 'refused') return 'bad'
  if (outcome === 'unclear' || outcome === 'waiting' || outcome === 'postponed') return 'warn'
  return 'plain'
}
