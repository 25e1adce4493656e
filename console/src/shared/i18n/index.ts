/** Language: which one, how it loads, and formats that follow it. Texts live beside each feature. */
import type { Language } from '@/shared/api/types'
import { speak, spokenLanguage, type Texts } from './translate'

export const languages: readonly Language[] = ['pt-BR', 'en', 'es']
export const languageNames: Record<Language, string> = {
  'pt-BR': 'Português (Brasil)',
  en: 'English',
  es: 'Español',
}

type Loader = (language: Language) => Promise<Texts>

const STORED = 'helpdesk.language'
let load: Loader = async () => ({})
let started: Promise<unknown> = Promise.resolve()

export async function startTexts(loader: Loader, language: Language = guessLanguage()): Promise<void> {
  load = loader
  started = prepare(language)
  await started
  document.documentElement.lang = language
}

async function prepare(language: Language): Promise<void> {
  speak(language, await load(language))
}

export async function switchLanguage(language: Language): Promise<void> {
  // The session may be there before the first texts are.
  await started
  if (spokenLanguage() === language) return
  speak(language, await load(language))
  document.documentElement.lang = language
  localStorage.setItem(STORED, language)
}

export function currentLanguage(): Language {
  return (languages.find((language) => language === spokenLanguage()) ?? 'pt-BR') as Language
}

/** What was chosen here before, else the browser's wish, else English. */
export function guessLanguage(): Language {
  const stored = localStorage.getItem(STORED)
  const wishes = [stored, ...navigator.languages].filter((wish): wish is string => Boolean(wish))
  for (const wish of wishes) {
    const found = languages.find((language) => language.slice(0, 2) === wish.slice(0, 2).toLowerCase())
    if (found) return found
  }
  return 'en'
}
