/** Gathers the texts of every feature; each language is one file that loads when it is wanted. */
import type { Language } from '@/shared/api/types'
import type { Texts } from '@/shared/i18n/translate'

const loaders: Record<Language, () => Promise<{ texts: Texts }>> = {
  'pt-BR': () => import('./texts/portuguese'),
  en: () => import('./texts/english'),
  es: () => import('./texts/spanish'),
}

export async function loadTexts(language: Language): Promise<Texts> {
  return (await loaders[language]()).texts
}
