/** Every class of a style sheet is used by a component that reads the sheet, and every measure by somebody. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '../src')
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
const sheets = textsOf((name) => name.endsWith('.css'))
const sources = textsOf((name) => /\.tsx?$/.test(name) && !name.includes('.test.') && !name.endsWith('.d.ts'))

function textsOf(isWanted: (name: string) => boolean): [string, string][] {
  return files.filter(isWanted).map((name) => {
    return [name, readFileSync(join(folder, name), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')]
  })
}

test('every class is used', () => {
  const names = sheets
    .filter(([path]) => path.endsWith('.module.css'))
    .flatMap(([path, sheet]) => {
      const found = [...sheet.matchAll(/\.([a-zA-Z_][\w-]*)(?=[^{}]*\{)/g)].map(([, name]) => name)
      return [...new Set(found)].map((name) => ({ path, name }))
    })
  expect(names.length).toBeGreaterThan(100)
  expect(names.filter(({ path, name }) => !readersOf(path).some((text) => uses(text, name)))).toEqual([])
})

function readersOf(path: string): string[] {
  return sources.map(([, text]) => text).filter((text) => text.includes(`/${basename(path)}'`))
}

function uses(text: string, name: string | undefined): boolean {
  return new RegExp(`\\.${name}\\b|\\['${name}'\\]`).test(text)
}

test('every measure and colour is used', () => {
  const everything = [...sheets, ...sources].map(([, text]) => text).join('\n')
  const tokens = new Set([...everything.matchAll(/^\s*(--hd-[\w-]+):/gm)].map(([, token]) => token))
  expect(tokens.size).toBeGreaterThan(20)
  expect([...tokens].filter((token) => !everything.includes(`var(${token}`))).toEqual([])
})
