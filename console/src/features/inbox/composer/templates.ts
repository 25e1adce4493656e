/** Opens the template dialog from wherever a closed window is mentioned. */
import { create } from 'zustand'

export const useTemplates = create(() => ({ isOpen: false }))

export function openTemplates(): void {
  useTemplates.setState({ isOpen: true })
}

export function closeTemplates(): void {
  useTemplates.setState({ isOpen: false })
}
