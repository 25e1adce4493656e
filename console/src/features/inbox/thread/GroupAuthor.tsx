/** Who of a group wrote: the name above the first of what they wrote in a row, in a colour of their own. */

import type { Message } from '@/shared/api/types'
import { formatPhone } from '@/shared/lib/phone'
import classes from './Bubble.module.css'

interface Author {
  name: string
  number?: string | null
  contact?: number
}

type FromGroup = Message['content'] & { author: Author }
const COLOURS = 6

export function isFromGroup(content: Message['content']): content is FromGroup {
  const author = content.author as Partial<Author> | undefined
  return typeof author?.name === 'string'
}

export function GroupAuthor({ author }: { author: Author }) {
  const { name, number, contact } = author
  return (
    <span
      className={classes.groupAuthor}
      data-colour={(contact ?? name.length) % COLOURS}
      title={number ? formatPhone(number) : undefined}
      data-testid="group-author"
    >
      {name || (number ? formatPhone(number) : '')}
    </span>
  )
}
