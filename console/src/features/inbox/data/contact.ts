/** What the panel beside the thread shows: the contact, earlier tickets, what happened to this one. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import { isApiError } from '@/shared/api/errors'
import { queryClient } from '@/shared/api/queryClient'
import type { Contact } from '@/shared/api/types'
import { ticketRows } from './tickets'

export function contactKey(contact: number) {
  return ['contacts', 'beside-ticket', contact] as const
}

export function useContact(contact: number) {
  return useQuery({
    queryKey: contactKey(contact),
    queryFn: () => call(api.GET('/api/contacts/{id}/', { params: { path: { id: contact } } })),
  })
}

export function useSaveContact(contact: number) {
  return useMutation({
    mutationFn: (body: { name?: string; notes?: string }) =>
      call(api.PATCH('/api/contacts/{id}/', { params: { path: { id: contact } }, body })),
    onSuccess: (saved) => queryClient.setQueryData<Contact>(contactKey(contact), saved),
  })
}

/** Creates the contact, or finds the one that has the number already. */
export function useKeepContact() {
  return useMutation({
    mutationFn: async (body: { name: string; number: string; email?: string }) => {
      try {
        return { contact: (await call(api.POST('/api/contacts/', { body }))).id, isNew: true }
      } catch (error) {
        const known = isApiError(error) && error.code === 'contact_exists' && error.fields.contact?.[0]
        if (!known) throw error
        return { contact: Number(known), isNew: false }
      }
    },
  })
}

/** Newest first; the rows join the others so that opening one is instant. */
export function useEarlierTickets(contact: number) {
  return useQuery({
    queryKey: ['tickets', 'of-contact', contact],
    queryFn: async () => {
      const page = await call(api.GET('/api/contacts/{id}/tickets/', { params: { path: { id: contact } } }))
      ticketRows.put(page.results)
      return page.results
    },
  })
}

export function useHistory(ticket: number) {
  return useQuery({
    queryKey: ['tickets', 'history', ticket],
    queryFn: async () =>
      (await call(api.GET('/api/tickets/{id}/history/', { params: { path: { id: ticket } } }))).results,
  })
}
