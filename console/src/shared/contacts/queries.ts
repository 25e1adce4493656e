/** One contact, wherever it is shown: read, changed, and written into every list that has it. */
import { queryOptions, useMutation } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { ContactNote, Group } from '@/shared/api/types'
import { notesChanged, putContacts } from './cache'

export interface ContactChanges {
  name?: string
  number?: string
  email?: string
  notes?: string
  is_blocked?: boolean
  bot_off?: boolean
  accepts_audio?: boolean | null
  tags?: number[]
  owner?: number | null
  custom_fields?: Record<string, unknown>
}

export function contactQuery(id: number) {
  return queryOptions({
    queryKey: ['contact', id] as const,
    queryFn: () => call(api.GET('/api/contacts/{id}/', { params: { path: { id } } })),
  })
}

export function useChangeContact(id: number) {
  return useMutation({
    mutationFn: (body: ContactChanges) =>
      call(api.PATCH('/api/contacts/{id}/', { params: { path: { id } }, body })),
    onSuccess: (saved) => putContacts([saved]),
  })
}

/** Only contacts that are groups have one. */
export function groupQuery(contact: number) {
  return queryOptions({
    queryKey: ['contact-group', contact] as const,
    queryFn: (): Promise<Group> =>
      call(api.GET('/api/contacts/{id}/group/', { params: { path: { id: contact } } })),
  })
}

export function useChangeGroup(contact: number) {
  return useMutation({
    mutationFn: (body: { queue?: number | null; users?: number[] }) =>
      call(api.PATCH('/api/contacts/{id}/group/', { params: { path: { id: contact } }, body })),
    onSuccess: (saved) => queryClient.setQueryData(groupQuery(contact).queryKey, saved),
  })
}

/** The newest notes about a contact. */
export function notesQuery(contact: number) {
  return queryOptions({
    queryKey: ['contact-notes', contact] as const,
    queryFn: async (): Promise<ContactNote[]> =>
      (await call(api.GET('/api/contacts/{id}/notes/', { params: { path: { id: contact } } }))).results,
  })
}

export function useWriteNote(contact: number) {
  return useMutation({
    mutationFn: (body: string) =>
      call(api.POST('/api/contacts/{id}/notes/', { params: { path: { id: contact } }, body: { body } })),
    onSuccess: (note) => notesChanged([note]),
  })
}

export function useCorrectNote() {
  return useMutation({
    mutationFn: ({ id, body }: { id: number; body: string }) =>
      call(api.PATCH('/api/contact-notes/{id}/', { params: { path: { id } }, body: { body } })),
    onSuccess: (note) => notesChanged([note]),
  })
}

export function useRemoveNote() {
  return useMutation({
    mutationFn: ({ id }: ContactNote) =>
      call(api.DELETE('/api/contact-notes/{id}/', { params: { path: { id } } })),
    onSuccess: (_nothing, note) => notesChanged([note]),
  })
}
