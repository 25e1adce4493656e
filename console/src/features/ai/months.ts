/** Calendar months, as the report's period. */

/** 2026-11, 2026-10, …: the newest first. */
export function monthsUntil(day: Date, count: number): string[] {
  return Array.from({ length: count }, (_, back) => {
    const month = new Date(day.getFullYear(), day.getMonth() - back, 1)
    return `${month.getFullYear()}-${String(month.getMonth() + 1).padStart(2, '0')}`
  })
}

export function periodOf(month: string): { after: string; before: string } {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return {
    after: new Date(year, number - 1, 1).toISOString(),
    before: new Date(year, number, 1).toISOString(),
  }
}

export function daysOf(month: string): string[] {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const last = new Date(year, number, 0).getDate()
  return Array.from({ length: last }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`)
}
