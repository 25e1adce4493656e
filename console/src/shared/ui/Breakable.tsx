/** A long word, such as an e-mail address, that may break where a reader would break it. */
import { Fragment } from 'react'

export function Breakable({ text }: { text: string }) {
  // "_" and "-" stay with what is before them, "@" and "." go with what follows.
  const parts = text.split(/(?<=[_\-/])|(?=[@.])/)
  return parts.map((part, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a word never move
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}
