/** How long to wait before the next attempt. */

const FIRST = 500
const LONGEST = 30_000

/** 0.5 s, 1 s, 2 s … 30 s, each ±50 %, so that thousands of consoles do not return in one second. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const base = Math.min(FIRST * 2 ** attempt, LONGEST)
  return Math.min(base * (0.5 + random()), LONGEST)
}
