/** Changing tags and the company's own fields; the lists themselves are in shared/directory. */
import { useMutation } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import type { CustomField, Tag } from '@/shared/api/types'
import { dropFields, dropTags, putFields, putTags } from '@/shared/directory/queries'

export interface TagValues extends Record<string, unknown> {
  name: string
  color: string
}

export function useSaveTag(tag: Tag | null) {
  return useMutation({
    mutationFn: (body: TagValues) =>
      tag
        ? call(api.PATCH('/api/tags/{id}/', { params: { path: { id: tag.id } }, body }))
        : call(api.POST('/api/tags/', { body })),
    onSuccess: (saved) => putTags([saved]),
  })
}

export function useDeleteTag() {
  return useMutation({
    mutationFn: ({ id }: Tag) => call(api.DELETE('/api/tags/{id}/', { params: { path: { id } } })),
    onSuccess: (_nothing, tag) => dropTags([tag]),
  })
}

export interface FieldValues extends Record<string, unknown> {
  on: CustomField['on']
  label: string
  type: CustomField['type']
  choices: string[]
  help: string
  required_to_close: boolean
}

export function useSaveField(field: CustomField | null) {
  return useMutation({
    mutationFn: ({ on, ...values }: FieldValues) => {
      const hasChoices = values.type === 'choice' || values.type === 'multi'
      const body = { ...values, choices: hasChoices ? values.choices : [] }
      return field
        ? call(api.PATCH('/api/fields/{id}/', { params: { path: { id: field.id } }, body }))
        : call(api.POST('/api/fields/', { body: { ...body, on } }))
    },
    onSuccess: (saved) => putFields([saved]),
  })
}

export function useDeleteField() {
  return useMutation({
    mutationFn: ({ id }: CustomField) => call(api.DELETE('/api/fields/{id}/', { params: { path: { id } } })),
    onSuccess: (_nothing, field) => dropFields([field]),
  })
}
