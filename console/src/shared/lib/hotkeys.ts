/** Reads key presses: `mod+k`, `g i`, `?`. Knows nothing of what they do. */

export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

/** How long the second key of a sequence may take. */
export const SEQUENCE_WITHIN = 1_200

/** The name of a key press, in the form the shortcut table uses. */
export function keyOf(event: KeyboardEvent): string {
  // With ⌥ a Mac writes another sign: the key itself is meant.
  const isOther = isMac && event.altKey && event.code.startsWith('Key')
  const sign = isOther ? event.code.slice(3) : event.key
  const key = sign === ' ' ? 'space' : sign.toLowerCase()
  const mod = isMac ? event.metaKey : event.ctrlKey
  const parts = [mod && 'mod', event.altKey && 'alt']
  // Shift already shows in signs such as "?"; letters and named keys say it.
  if (event.shiftKey && (mod || event.altKey || key.length > 1 || isLetter(key))) parts.push('shift')
  return [...parts.filter(Boolean), key].join('+')
}

/** Also of other alphabets: it has two cases. */
function isLetter(key: string): boolean {
  return key !== key.toUpperCase()
}

/** True where letters are text: fields, editable regions, open lists. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  return target.matches(
    'input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [role=textbox]',
  )
}

/** Pairs that cannot live together: the same keys, or one being the beginning of the other. */
export function collisions(
  table: Record<string, { keys: readonly string[]; group?: string }>,
): [string, string][] {
  const entries = Object.entries(table).flatMap(([id, { keys, group = '' }]) =>
    keys.map((key) => [id, key, group] as const),
  )
  const found: [string, string][] = []
  entries.forEach(([id, key, group], index) => {
    for (const [other, otherKey, otherGroup] of entries.slice(index + 1)) {
      if (!canMeet(group, otherGroup)) continue
      if (key === otherKey || key.startsWith(`${otherKey} `) || otherKey.startsWith(`${key} `))
        found.push([id, other])
    }
  })
  return found
}

/** The keys of screens that are never on together with the inbox, nor with each other, may be used twice. */
const APART = new Set(['duplicates', 'exams'])
const OF_INBOX = new Set(['inbox', 'ticket', 'composer'])

function canMeet(one: string, other: string): boolean {
  if (APART.has(one) && APART.has(other)) return one === other
  return !((APART.has(one) && OF_INBOX.has(other)) || (APART.has(other) && OF_INBOX.has(one)))
}

const SIGNS: Record<string, string> = {
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  escape: 'Esc',
  enter: 'Enter',
  shift: isMac ? '⇧' : 'Shift',
  alt: isMac ? '⌥' : 'Alt',
  mod: isMac ? '⌘' : 'Ctrl',
  space: '␣',
}

/** One binding in a line of text: `Ctrl+Shift+L`, `G I`. */
export function keyText(keys = ''): string {
  return keyCaps(keys)
    .map((caps) => caps.join('+'))
    .join(' ')
}

/** The caps to print for one binding: `mod+shift+l` → [["Ctrl","Shift","L"]], `g i` → [["G"],["I"]]. */
export function keyCaps(keys: string): string[][] {
  return keys.split(' ').map((press) => press.split('+').map((key) => SIGNS[key] ?? key.toUpperCase()))
}
