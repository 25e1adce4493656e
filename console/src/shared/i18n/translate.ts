/** Texts on screen: `const { t } = useTranslation('inbox')`, then `t('list.name')` or `t('common:close')`. */
import { useMemo } from 'react'
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
const plurals = new Map<string, Intl.PluralRules>()

export function useTranslation(namespaces: string | readonly string[] = 'common') {
  const { language, texts } = useSpoken()
  const home = typeof namespaces === 'string' ? namespaces : (namespaces[0] ?? 'common')
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

export function spokenLanguage(): string {
  return useSpoken.getState().language
}

/** A key without a text is shown as it is, so that it is noticed. */
function translate(texts: Texts, language: string, home: string, key: string, values: Values = {}): string {
  const plural = typeof values.count === 'number' ? pluralOf(language, values.count) : undefined
  const text =
    (plural && (wordsAt(texts, home, `${key}_${plural}`) ?? wordsAt(texts, home, `${key}_other`))) ??
    wordsAt(texts, home, key)
  if (text === undefined) return String(values.defaultValue ?? key)
  return text.replace(/{{\s*(\w+)\s*}}/g, (_, name: string) => String(values[name] ?? ''))
}

function wordsAt(texts: Texts, home: string, key: string): string | undefined {
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
