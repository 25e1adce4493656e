/** Says things to screen readers without moving the focus. */
import { create } from 'zustand'

const useSpoken = create<{ text: string; count: number }>(() => ({ text: '', count: 0 }))

/** `announce(t('ticketClosed'))`: read aloud politely, once. */
export function announce(text: string): void {
  useSpoken.setState(({ count }) => ({ text, count: count + 1 }))
}

/** Mounted once by the app. */
export function LiveRegion() {
  const { text, count } = useSpoken()
  return (
    <div role="status" aria-live="polite" className="hd-hidden">
      {/* The same sentence twice must be a change, or it is read only once. */}
      <span key={count}>{text}</span>
    </div>
  )
}
