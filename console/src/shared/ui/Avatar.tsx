/** Initials on a colour that stays with the name, with an optional presence dot. */
import type { Presence } from '@/shared/api/types'
import classes from './Avatar.module.css'
import { IconUser } from './icons'

const COLOURS = ['#0b7285', '#2b6a3f', '#5f3dc4', '#9c36b5', '#a61e4d', '#364fc7', '#8a4b08', '#1864ab']

interface AvatarProps {
  name: string
  size?: number
  presence?: Presence
}

/** Decoration: the name is always written beside it, so it is hidden from screen readers. */
export function Avatar({ name, size = 36, presence }: AvatarProps) {
  return (
    <span
      className={classes.avatar}
      style={{ width: size, height: size, fontSize: size * 0.38, background: colourOf(name) }}
      data-initials={initials(name)}
      aria-hidden
    >
      {!initials(name) && <IconUser size={size * 0.55} stroke={1.8} />}
      {presence && <span className={classes.dot} data-presence={presence} />}
    </span>
  )
}

/** First and last word; a number has none and gets a sign instead. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /\p{L}/u.test(word))
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => word?.match(/\p{L}/u)?.[0] ?? '',
  )
  return letters.join('').toUpperCase()
}

function colourOf(name: string): string {
  let sum = 0
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return COLOURS[sum % COLOURS.length] as string
}
