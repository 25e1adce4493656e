/** What a text becomes on its way to the screen. */
import { act, renderHook } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { speak, useTranslation } from './translate'

const texts = {
  inbox: {
    title: 'Atendimentos',
    list: { hello: 'Olá, {{name}}' },
    unread_one: '{{count}} nova',
    unread_other: '{{count}} novas',
  },
  common: { close: 'Fechar' },
}
const translated = () => renderHook(() => useTranslation('inbox')).result

beforeEach(() => speak('pt-BR', texts))

test('keys lead through groups, values fill the gaps', () => {
  const { t } = translated().current
  expect(t('title')).toBe('Atendimentos')
  expect(t('list.hello', { name: 'Ana' })).toBe('Olá, Ana')
})

test('another namespace is named before the key', () => {
  expect(translated().current.t('common:close')).toBe('Fechar')
})

test('the number chooses the form; a form that is not there falls back', () => {
  const { t } = translated().current
  expect(t('unread', { count: 1 })).toBe('1 nova')
  expect(t('unread', { count: 3 })).toBe('3 novas')
  expect(t('unread', { count: 1_000_000 })).toBe('1000000 novas')
})

test('a key without a text shows itself and is known not to exist', () => {
  const { t, exists } = translated().current
  expect(t('list')).toBe('list')
  expect(t('missing.one')).toBe('missing.one')
  expect(exists('list.hello')).toBe(true)
  expect(exists('constructor')).toBe(false)
})

test('another language is drawn at once', () => {
  const result = translated()
  act(() => speak('en', { inbox: { title: 'Inbox' } }))
  expect(result.current.t('title')).toBe('Inbox')
})
