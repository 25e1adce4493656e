/** Which picture is open in the viewer. */
import { create } from 'zustand'

interface ViewerState {
  ticket: number
  file: number | null
}

export const useViewer = create<ViewerState>(() => ({ ticket: 0, file: null }))

export function openViewer(ticket: number, file: number): void {
  useViewer.setState({ ticket, file })
}

export function closeViewer(): void {
  useViewer.setState({ file: null })
}
