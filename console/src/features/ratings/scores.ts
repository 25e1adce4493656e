/** What a score means, so that one colour and one word fit both scales. */
import type { Rating } from '@/shared/api/types'

export type Mood = 'good' | 'fair' | 'bad'

/** CSAT: 4 and 5 are good. NPS: 9 and 10 recommend, 0 to 6 warn others. */
export function moodOf(scale: Rating['scale'], score: number): Mood {
  const [good, fair] = scale === 'csat' ? [4, 3] : [9, 7]
  return score >= good ? 'good' : score >= fair ? 'fair' : 'bad'
}

export function highestOf(scale: Rating['scale']): number {
  return scale === 'csat' ? 5 : 10
}

export function scoresOf(scale: Rating['scale']): number[] {
  return scale === 'csat' ? [5, 4, 3, 2, 1] : [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
}

/** In whole percent; nothing asked is nothing answered. */
export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((100 * part) / whole)
}
