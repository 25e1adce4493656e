/** Contacts: searched on the server, changed here. */
import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation } from '@tanstack/react-query'
import { api, call, cursorOf } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { Contact, Page, Ticket } from '@/shared/api/types'

export interface ContactValues extends Record<string, unknown> {
  name: string
  number: string
  email: string
  notes: string
  is_blocked: boolean
  bot_off: boolean
}

/** Pages by search; `contact-list` so that the single contacts of other screens are left alone. */
export function contactsQuery(search: string) {
  return infiniteQueryOptions({
    queryKey: ['contact-list', search],
    queryFn: ({ pageParam, signal }): Promise<Page<Contact>> =>
      call(
        api.GET('/api/contacts/', {
          params: { query: { cursor: pageParam, search: search || undefined } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => cursorOf(page.next),
    // What was found stays while the next letter is looked up.
    placeholderData: keepPreviousData,
  })
}

export function contactQuery(id: number) {
  return queryOptions({
    queryKey: ['contact-linked', id],
    queryFn: (): Promise<Contact> => call(api.GET('/api/contacts/{id}/', { params: { path: { id } } })),
    staleTime: 0,
  })
}

export function contactTicketsQuery(id: number) {
  return queryOptions({
    queryKey: ['contact-tickets', id],
    queryFn: async (): Promise<Ticket[]> =>
      (await call(api.GET('/api/contacts/{id}/tickets/', { params: { path: { id } } }))).results,
    staleTime: 0,
  })
}

export function useSaveContact(contact: Contact | null) {
  return useMutation({
    mutationFn: ({ number, is_blocked, bot_off, ...rest }: ContactValues) => {
      if (!contact) return call(api.POST('/api/contacts/', { body: { ...rest, ...(number && { number }) } }))
      const body = { ...rest, is_blocked, bot_off }
      return call(api.PATCH('/api/contacts/{id}/', { params: { path: { id: contact.id } }, body }))
    },
    onSuccess: refreshContacts,
  })
}

export function useDeleteContact() {
  return useMutation({
    mutationFn: (id: number) => call(api.DELETE('/api/contacts/{id}/', { params: { path: { id } } })),
    onSuccess: refreshContacts,
  })
}

export function useRestoreContact() {
  return useMutation({
    mutationFn: (id: number) => call(api.POST('/api/contacts/{id}/restore/', { params: { path: { id } } })),
    onSuccess: refreshContacts,
  })
}

function refreshContacts(): void {
  void queryClient.invalidateQueries({ queryKey: ['contact-list'] })
}
