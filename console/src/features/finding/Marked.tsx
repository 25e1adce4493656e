/** A piece of text with what was looked for marked in it. */
import { Fragment, type ReactNode } from 'react'

interface MarkedProps {
  text: string
  /** [start, length], in order. */
  marks: readonly (readonly number[])[]
}

export function Marked({ text, marks }: MarkedProps) {
  // The server counts signs; a picture among them is two units here.
  const signs = [...text]
  const pieces: ReactNode[] = []
  let from = 0
  for (const [start = 0, length = 0] of marks) {
    pieces.push(
      <Fragment key={start}>
        {signs.slice(from, start).join('')}
        <mark>{signs.slice(start, start + length).join('')}</mark>
      </Fragment>,
    )
    from = start + length
  }
  return (
    <span>
      {pieces}
      {signs.slice(from).join('')}
    </span>
  )
}
