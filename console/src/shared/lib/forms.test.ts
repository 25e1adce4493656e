/** What the server says of a field is shown beside that field. */
import type { UseFormReturnType } from '@mantine/form'
import { expect, test, vi } from 'vitest'
import { ApiError } from '@/shared/api/errors'
import { speak } from '@/shared/i18n/translate'
import { showFieldErrors } from './forms'

function formWith(values: Record<string, unknown>) {
  const setFieldError = vi.fn()
  const form = { getValues: () => values, setFieldError, getInputNode: () => null }
  return { form: form as unknown as UseFormReturnType<Record<string, unknown>>, setFieldError }
}

const refused = (fields: Record<string, unknown>) =>
  new ApiError(400, { code: 'invalid', detail: '', fields })

test('by its name, by its path and inside a group', () => {
  const { form, setFieldError } = formWith({ name: '', credentials: { app_id: '', waba_id: '' } })
  const error = refused({ name: ['Long.'], app_id: ['Digits.'], credentials: { waba_id: ['Missing.'] } })
  expect(showFieldErrors(form, error)).toBe(true)
  expect(setFieldError.mock.calls).toEqual([
    ['name', 'Long.'],
    ['credentials.app_id', 'Digits.'],
    ['credentials.waba_id', 'Missing.'],
  ])
})

test('what no field of the form is called is left to the form as a whole', () => {
  const { form, setFieldError } = formWith({ name: '' })
  expect(showFieldErrors(form, refused({ non_field_errors: ['No.'] }))).toBe(false)
  expect(setFieldError).not.toHaveBeenCalled()
})

test('in the language of the person where the server gives a code, else in its own words', () => {
  speak('pt-BR', { common: { problems: { max_length: 'Cabem no máximo {{limit}}.' } } })
  const { form, setFieldError } = formWith({ name: '', color: '' })
  const error = new ApiError(400, {
    code: 'invalid',
    detail: '',
    fields: { name: ['Ensure this field has no more than 80 characters.'], color: ['Such as #1d4ed8.'] },
    problems: { name: [{ code: 'max_length', limit: 80 }], color: [{ code: 'invalid' }] },
  })
  showFieldErrors(form, error)
  expect(setFieldError.mock.calls).toEqual([
    ['name', 'Cabem no máximo 80.'],
    ['color', 'Such as #1d4ed8.'],
  ])
})
