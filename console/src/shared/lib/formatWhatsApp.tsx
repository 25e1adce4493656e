/**
 * WhatsApp's own marks (*bold*, _italic_, ~struck~, `code`, ```block```, > quote, lists) and links, as React nodes.
 *
 * Text never becomes HTML: what a customer writes can only ever be shown.
 */
import type { ReactNode } from 'react'

const MARKS = { '*': 'strong', _: 'em', '~': 's', '`': 'code' } as const
const LINK = /\b(?:https?:\/\/|www\.)[^\s<>"']*[^\s<>"'.,;:!?)\]}*_~]/i

// biome-ignore-start lint/suspicious/noArrayIndexKey: a message's parts never move
/** A whole message: blocks of code first, then quotes and lines. */
export function formatWhatsApp(text: string): ReactNode[] {
  return text.split(/```([\s\S]+?)```/g).flatMap((part, index): ReactNode[] => {
    if (index % 2 === 1) return [<pre key={`block-${index}`}>{part.replace(/^\n|\n$/g, '')}</pre>]
    return part ? lines(part, `text-${index}`) : []
  })
}

// biome-ignore-end lint/suspicious/noArrayIndexKey: a message's parts never move

/** One line without breaks, for previews; marks are dropped, links are plain text. */
export function plainWhatsApp(text: string): string {
  return text
    .replace(/```([\s\S]+?)```/g, '$1')
    .replace(/(^|[\s(])([*_~`])(\S(?:.*?\S)?)\2(?=$|[\s.,;:!?)])/g, '$1$3')
    .replace(/\s+/g, ' ')
    .trim()
}

function lines(text: string, key: string): ReactNode[] {
  const nodes: ReactNode[] = []
  text.split('\n').forEach((line, index) => {
    const name = `${key}-${index}`
    const quote = /^> (.+)/.exec(line)
    if (quote?.[1]) nodes.push(<blockquote key={name}>{inline(quote[1], name)}</blockquote>)
    else nodes.push(...(index > 0 ? ['\n'] : []), ...inline(line, name))
  })
  return nodes
}

function inline(text: string, key: string): ReactNode[] {
  const link = LINK.exec(text)
  const mark = firstMark(text)
  if (mark && (!link || mark.start < link.index)) return withMark(text, mark, key)
  if (link) return withLink(text, link, key)
  return text ? [text] : []
}

interface Mark {
  start: number
  end: number
  sign: keyof typeof MARKS
  inner: string
}

function withMark(text: string, { start, end, sign, inner }: Mark, key: string): ReactNode[] {
  const Tag = MARKS[sign]
  const before = text.slice(0, start)
  return [
    ...(before ? [before] : []),
    <Tag key={`${key}-${start}`}>{sign === '`' ? inner : inline(inner, `${key}-${start}-in`)}</Tag>,
    ...inline(text.slice(end), `${key}-${end}`),
  ]
}

function withLink(text: string, link: RegExpExecArray, key: string): ReactNode[] {
  const [address] = link
  const before = text.slice(0, link.index)
  const href = /^www\./i.test(address) ? `https://${address}` : address
  return [
    ...(before ? inline(before, `${key}-before`) : []),
    <a key={`${key}-link-${link.index}`} href={href} target="_blank" rel="noopener noreferrer nofollow">
      {address}
    </a>,
    ...inline(text.slice(link.index + address.length), `${key}-after`),
  ]
}

/** A mark counts when it stands outside a word and hugs what it marks: `*so*`, but not `2*3*4` nor `* so *`. */
function firstMark(text: string): Mark | null {
  const pattern = /(?<![\p{L}\p{N}])([*_~`])(?=\S)(.*?\S)\1(?![\p{L}\p{N}])/u
  const found = pattern.exec(text)
  if (!found?.[1] || !found[2]) return null
  return {
    start: found.index,
    end: found.index + found[0].length,
    sign: found[1] as Mark['sign'],
    inner: found[2],
  }
}
