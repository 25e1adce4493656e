/** The search over everything that was said: opened from anywhere, drawn by the app. */
import { create } from 'zustand'

interface Overlay {
  /** What to begin with; null while it is closed. */
  words: string | null
}

export const useSearchOverlay = create<Overlay>(() => ({ words: null }))

export function openSearch(words = ''): void {
  useSearchOverlay.setState({ words })
}

export function closeSearch(): void {
  useSearchOverlay.setState({ words: null })
}
