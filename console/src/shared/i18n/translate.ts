/** Texts on screen: `const { t } = useTranslation('inbox')`, then `t('list.name')` or `t('common:close')`. */
import { use, useMemo } from 'react'
import { create } from 'zustand'

export type Words = { [key: string]: string | Words }
export type Texts = Record<string, Words>
/** `count` chooses the plural, `defaultValue` stands in for a text that is not there. */
export type Values = Record<string, unknown>
export type Translate = (key: string, values?: Values) => string

interface Spoken {
  language: string
  texts: Texts
}

const useSpoken = create<Spoken>(() => ({ language: '', texts: {} }))
let fetchMore: ((language: string) => Promise<Texts>) | undefined
const fetched = new Map<string, Promise<void>>()
const plurals = new Map<string, Intl.PluralRules>()
const found = new WeakMap<Texts, Map<string, string | undefined>>()

export function useTranslation(namespaces: string | readonly string[] = 'common') {
  const { language, texts } = useSpoken()
  const home = typeof namespaces === 'string' ? namespaces : (namespaces[0] ?? 'common')
  // The screen waits, like for its code, until its words are there.
  if (fetchMore && !(home in texts)) use(moreTexts(language))
  return useMemo(() => {
    const t: Translate = (key, values) => translate(texts, language, home, key, values)
    const exists = (key: string) => wordsAt(texts, home, key) !== undefined
    return { t, exists, language }
  }, [texts, language, home])
}

/** Takes over at once: every text on screen is drawn again. */
export function speak(language: string, texts: Texts): void {
  useSpoken.setState({ language, texts })
}

/** How to fetch what `speak` was not given. */
export function lateTexts(fetch: (language: string) => Promise<Texts>): void {
  fetchMore = fetch
}

/** Once per language; a failure may be tried again. */
export function moreTexts(language: string): Promise<void> {
  const running = fetched.get(language)
  if (running || !fetchMore) return running ?? Promise.resolve()
  const work = fetchMore(language).then(
    (more) =>
      useSpoken.setState((now) => (now.language === language ? { texts: { ...now.texts, ...more } } : now)),
    (error) => {
      fetched.delete(language)
      throw error
    },
  )
  fetched.set(language, work)
  return work
}

export function spokenLanguage(): string {
  return useSpoken.getState().language
}

/** Outside of components: the words of this moment, which do not change with the language later. */
export function sayNow(key: string, values?: Values): string {
  const { texts, language } = useSpoken.getState()
  return translate(texts, language, 'common', key, values)
}

/** A key without a text is shown as it is, so that it is noticed. */
function translate(texts: Texts, language: string, home: string, key: string, values: Values = {}): string {
  const plural = typeof values.count === 'number' ? pluralOf(language, values.count) : undefined
  const text =
    (plural && (wordsAt(texts, home, `${key}_${plural}`) ?? wordsAt(texts, home, `${key}_other`))) ??
    wordsAt(texts, home, key)
  if (text === undefined) return String(values.defaultValue ?? key)
  if (!text.includes('{{')) return text
  return text.replace(/{{\s*(\w+)\s*}}/g, (_, name: string) => String(values[name] ?? ''))
}

/** Each text is looked up once: hundreds of them are on a screen. */
function wordsAt(texts: Texts, home: string, key: string): string | undefined {
  const known = found.get(texts) ?? new Map<string, string | undefined>()
  found.set(texts, known)
  const place = `${home} ${key}`
  if (!known.has(place)) known.set(place, lookUp(texts, home, key))
  return known.get(place)
}

function lookUp(texts: Texts, home: string, key: string): string | undefined {
  const [, namespace = home, path = ''] = /^(?:(\w+):)?(.*)$/.exec(key) ?? []
  let words: string | Words | undefined = texts[namespace]
  for (const part of path.split('.')) {
    if (typeof words !== 'object' || !Object.hasOwn(words, part)) return undefined
    words = words[part]
  }
  return typeof words === 'string' ? words : undefined
}

function pluralOf(language: string, count: number): Intl.LDMLPluralRule {
  const rules = plurals.get(language) ?? new Intl.PluralRules(language)
  plurals.set(language, rules)
  return rules.select(count)
}
