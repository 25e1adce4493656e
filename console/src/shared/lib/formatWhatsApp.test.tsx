/** WhatsApp's marks become elements, everything else stays text. */
import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { formatWhatsApp, plainWhatsApp } from './formatWhatsApp'

const html = (text: string) => render(<div>{formatWhatsApp(text)}</div>).container.innerHTML.slice(5, -6)

test.each([
  ['*já* vou', '<strong>já</strong> vou'],
  ['_seu_ ~não~ `x`', '<em>seu</em> <s>não</s> <code>x</code>'],
  ['*_os dois_*', '<strong><em>os dois</em></strong>'],
  ['2*3*4', '2*3*4'],
  ['* não *', '* não *'],
  ['snake_case_name', 'snake_case_name'],
  ['a\nb', 'a\nb'],
  ['> citado', '<blockquote>citado</blockquote>'],
  ['```a *b*\nc```', '<pre>a *b*\nc</pre>'],
])('%s', (text, expected) => {
  expect(html(text)).toBe(expected)
})

test('markup that a customer writes is only text', () => {
  expect(html('<img src=x onerror=alert(1)>')).toBe('&lt;img src=x onerror=alert(1)&gt;')
})

test('links open elsewhere and lose the full stop', () => {
  const link = render(<p>{formatWhatsApp('veja https://exemplo.com/a_b_c?d=1.')}</p>).getByRole('link')
  expect(link).toHaveAttribute('href', 'https://exemplo.com/a_b_c?d=1')
  expect(link).toHaveAttribute('rel', expect.stringContaining('noopener'))
})

test('only web addresses become links', () => {
  expect(html('javascript:alert(1)')).toBe('javascript:alert(1)')
})

test('previews are one plain line', () => {
  expect(plainWhatsApp('*Olá*,\n_tudo_ bem?')).toBe('Olá, tudo bem?')
})
