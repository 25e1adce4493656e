import { expect, test } from 'vitest'
import type { SettingSchema } from '@/shared/api/types'
import document from '../../../openapi.json?raw'
import { sectionsOf } from './rules'
import english from './texts/en.json'

const declared = Object.keys(JSON.parse(document).components.schemas.Settings.properties)
const schema = declared.map((key) => ({ key }) as SettingSchema)
const shown = sectionsOf(schema).flatMap(([section, settings]) =>
  settings.map(({ key }) => ({ section, key })),
)

test('every option of the server has a section or a page of its own', () => {
  expect(shown.filter(({ section }) => section === 'other')).toEqual([])
})

test('every option on the page is said in our own words', () => {
  const known: Record<string, unknown> = english.known
  expect(shown.filter(({ key }) => !known[key])).toEqual([])
})

test('an option that is new to this build is still shown', () => {
  const fresh = { key: 'brand_new' } as SettingSchema
  expect(sectionsOf([fresh])).toEqual([['other', [fresh]]])
})
