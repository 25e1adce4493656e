/** Puts the focus on a row of the list, once it is drawn. */
export function focusRow(id: number): void {
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>(`[data-ticket="${id}"]`)?.focus({ preventScroll: true }),
  )
}
