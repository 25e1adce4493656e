const FRAMES = 60
let latest = 0

/** Puts the focus on a row of the list, once it is drawn: a row that is still being measured is hidden and takes none. */
export function focusRow(id: number): void {
  latest += 1
  const mine = latest
  const before = document.activeElement
  let frames = 0

  function attempt(): void {
    const { activeElement, body } = document
    const hasMovedOn = activeElement !== before && activeElement !== body
    if (mine !== latest || hasMovedOn) return
    const row = document.querySelector<HTMLElement>(`[data-ticket="${id}"]`)
    row?.focus({ preventScroll: true })
    frames += 1
    if (frames < FRAMES && (!row || document.activeElement !== row)) requestAnimationFrame(attempt)
  }
  requestAnimationFrame(attempt)
}
