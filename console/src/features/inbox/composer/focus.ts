/** Puts the cursor into the composer; it may not be there yet when another ticket was just opened. */
export function focusComposer(): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-composer]')?.focus()),
  )
}
