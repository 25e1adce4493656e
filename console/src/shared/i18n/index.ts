/** Language: which one, how it loads, and formats that follow it. Texts live beside each feature. */
import type { Language } from '@/shared/api/types'
import { lateTexts, moreTexts, speak, spokenLanguage, type Texts } from './translate'

export const languages: readonly Language[] = ['pt-BR', 'en', 'es']
export const languageNames: Record<Language, string> = {
  'pt-BR': 'Português (Brasil)',
  en: 'English',
  es: 'Español',
}

type Fetch = () => Promise<Texts>
/** What is there from the first paint, and what screens beside the inbox wait for. */
export type TextFiles = Record<Language, { first: Fetch; more: Fetch }>

const STORED = 'helpdesk.language'
let files: TextFiles
let started: Promise<unknown> = Promise.resolve()

export async function startTexts(all: TextFiles, language: Language = guessLanguage()): Promise<void> {
  files = all
  lateTexts((spoken) => files[spoken as Language].more())
  started = files[language].first().then((texts) => speak(language, texts))
  await started
  document.documentElement.lang = language
}

export async function fetchMoreTexts(): Promise<void> {
  await started
  await moreTexts(spokenLanguage())
}

export async function switchLanguage(language: Language): Promise<void> {
  // The session may be there before the first texts are.
  await started
  if (spokenLanguage() === language) return
  const [first, more] = await Promise.all([files[language].first(), files[language].more()])
  speak(language, { ...first, ...more })
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
