/** Every text exists in every language, with the same placeholders, and is used. */
import { expect, test } from 'vitest'
import { gather } from '@/app/texts/gather'
import { languages } from '@/shared/i18n'

type Words = { [key: string]: string | Words }

const files = import.meta.glob<Words>(['/src/**/texts/*.json'], { eager: true, import: 'default' })
const sources = import.meta.glob<string>(
  ['/src/**/*.{ts,tsx}', '!/src/**/*.test.*', '!/src/shared/api/schema.d.ts'],
  {
    eager: true,
    import: 'default',
    query: '?raw',
  },
)

/** `{ common: { save: "Salvar", "errors.offline": … } }` */
function textsOf(language: string): Record<string, Record<string, string>> {
  const own = Object.fromEntries(Object.entries(files).filter(([path]) => path.endsWith(`/${language}.json`)))
  return Object.fromEntries(
    Object.entries(gather(own)).map(([name, words]) => [name, flatten(words as Words)]),
  )
}

function flatten(words: Words, prefix = ''): Record<string, string> {
  return Object.entries(words).reduce<Record<string, string>>((flat, [key, value]) => {
    if (typeof value === 'string') flat[prefix + key] = value
    else Object.assign(flat, flatten(value, `${prefix}${key}.`))
    return flat
  }, {})
}

const portuguese = textsOf('pt-BR')

test.each(languages.filter((language) => language !== 'pt-BR'))(
  '%s has the texts and placeholders of pt-BR',
  (language) => {
    const other = textsOf(language)
    for (const [namespace, words] of Object.entries(portuguese)) {
      expect(Object.keys(other[namespace] ?? {}).sort(), namespace).toEqual(Object.keys(words).sort())
      for (const [key, text] of Object.entries(words)) {
        expect(placeholders(other[namespace]?.[key] ?? ''), `${namespace}:${key}`).toEqual(placeholders(text))
      }
    }
  },
)

function placeholders(text: string): string[] {
  return [...text.matchAll(/{{\s*(\w+)/g)].map(([, name]) => name ?? '').sort()
}

/** What the code asks for: keys written out, and beginnings of keys that are put together at run time. */
function usesOf(): { asked: Set<string>; named: Set<string>; begun: Set<string> } {
  // Error codes and setting names are looked up as they come from the server.
  const uses = { asked: new Set<string>(), named: new Set<string>(), begun: new Set(['common:errors.']) }
  for (const source of Object.values(sources)) {
    const home = /useTranslation\(\s*\[?\s*'(\w+)'/.exec(source)?.[1] ?? 'common'
    const full = (key = '') => (key.includes(':') ? key : `${home}:${key}`)
    const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
    for (const [, key] of code.matchAll(/\bt\(\s*'([\w:.]+)'/g)) uses.asked.add(full(key))
    for (const [, key] of code.matchAll(/'([\w:.]+)'/g)) uses.named.add(full(key))
    for (const [, key] of code.matchAll(/`([\w:]+\.[\w.]*)\$\{/g)) uses.begun.add(full(key))
    for (const [, key = ''] of code.matchAll(/'(\w+:[\w.]+\.)'/g)) uses.begun.add(key)
  }
  return uses
}

const PLURAL = /_(zero|one|two|few|many|other)$/

test('every text is used', () => {
  const { named, begun } = usesOf()
  const unused = everyKey().filter((key) => {
    return (
      !named.has(key) &&
      !named.has(key.replace(PLURAL, '')) &&
      ![...begun].some((begin) => key.startsWith(begin))
    )
  })
  expect(unused).toEqual([])
})

test('every text that the code asks for exists', () => {
  const known = new Set(everyKey().flatMap((key) => [key, key.replace(PLURAL, '')]))
  expect([...usesOf().asked].filter((key) => !known.has(key))).toEqual([])
})

function everyKey(): string[] {
  return Object.entries(portuguese).flatMap(([namespace, words]) =>
    Object.keys(words).map((key) => `${namespace}:${key}`),
  )
}
