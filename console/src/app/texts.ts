/** Gathers the texts of every feature: per language one file for the inbox, and one for all other screens. */
import type { TextFiles } from '@/shared/i18n'

export const textFiles: TextFiles = {
  'pt-BR': {
    first: () => import('./texts/portuguese').then(({ texts }) => texts),
    more: () => import('./texts/portugueseMore').then(({ texts }) => texts),
  },
  en: {
    first: () => import('./texts/english').then(({ texts }) => texts),
    more: () => import('./texts/englishMore').then(({ texts }) => texts),
  },
  es: {
    first: () => import('./texts/spanish').then(({ texts }) => texts),
    more: () => import('./texts/spanishMore').then(({ texts }) => texts),
  },
}
