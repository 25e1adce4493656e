/** Language: which one, how it loads, and formats that follow it. Texts live beside each feature. */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '@/shared/api/types'

export const languages: readonly Language[] = ['pt-BR', 'en', 'es']
export const languageNames: Record<Language, string> = {
  'pt-BR': 'Português (Brasil)',
  en: 'English',
  es: 'Español',
}

type Texts = Record<string, Record<string, unknown>>
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
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: await load(language) },
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    showSupportNotice: false,
  } as Parameters<typeof i18next.init>[0])
}

export async function switchLanguage(language: Language): Promise<void> {
  // The session may be there before the first texts are.
  await started
  if (i18next.language === language) return
  const texts = await load(language)
  for (const [namespace, words] of Object.entries(texts))
    i18next.addResourceBundle(language, namespace, words, true, true)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
  localStorage.setItem(STORED, language)
}

export function currentLanguage(): Language {
  return (languages.find((language) => language === i18next.language) ?? 'pt-BR') as Language
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
