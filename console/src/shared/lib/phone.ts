/** Phone numbers for people's eyes. What is stored and sent is never changed. */

interface Plan {
  country: string
  /** Digits of the area code, then the groups of the rest by its length. */
  area: number
  groups: Record<number, number[]>
}

/** Countries whose habits are worth knowing; all others are grouped by threes. */
const PLANS: Plan[] = [
  { country: '55', area: 2, groups: { 9: [5, 4], 8: [4, 4] } },
  { country: '54', area: 0, groups: { 11: [1, 2, 4, 4], 10: [2, 4, 4] } },
  { country: '52', area: 2, groups: { 8: [4, 4] } },
  { country: '351', area: 0, groups: { 9: [3, 3, 3] } },
  { country: '34', area: 0, groups: { 9: [3, 3, 3] } },
  { country: '1', area: 3, groups: { 7: [3, 4] } },
]

/** 5511987654321 → +55 11 98765-4321 */
export function formatPhone(value: string | null | undefined): string {
  if (!value) return ''
  const digits = value.replace(/\D/g, '')
  if (digits.length < 7) return value
  const plan = PLANS.find(({ country, area, groups }) => {
    return digits.startsWith(country) && groups[digits.length - country.length - area] !== undefined
  })
  if (!plan) return `+${groupsOf(digits, [countryLength(digits)]).join(' ')}`
  const area = digits.slice(plan.country.length, plan.country.length + plan.area)
  const rest = digits.slice(plan.country.length + plan.area)
  const last = groupsOf(rest, plan.groups[rest.length] ?? [])
  const joined = plan.area ? last.join('-') : last.join(' ')
  return [`+${plan.country}`, area, joined].filter(Boolean).join(' ')
}

/** What to call a contact: the name, else the number as people write it, else whatever the server says. */
export function contactTitle(contact: { name: string; number: string | null; display_name: string }): string {
  return contact.name || formatPhone(contact.number) || contact.display_name
}

/** What a person typed, as the digits the API takes. */
export function phoneDigits(value: string): string {
  return value.replace(/\D/g, '')
}

/** Country codes have one digit (North America, Russia), two for the countries here, three for all others. */
function countryLength(digits: string): number {
  if (/^[17]/.test(digits)) return 1
  return /^(2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/.test(digits) ? 2 : 3
}

function groupsOf(digits: string, sizes: number[]): string[] {
  const parts: string[] = []
  let rest = digits
  for (const size of sizes) {
    if (rest) parts.push(rest.slice(0, size))
    rest = rest.slice(size)
  }
  while (rest) {
    parts.push(rest.length <= 4 ? rest : rest.slice(0, 3))
    rest = rest.length <= 4 ? '' : rest.slice(3)
  }
  return parts
}
