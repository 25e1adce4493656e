/** Acts on many contacts: begun here, worked off by the server, watched until they are over. */
import { queryOptions, useMutation } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import type { ContactJob } from '@/shared/api/types'
import { upsertRows } from '@/shared/realtime/rows'
import type { Selection } from './list/selection'
import { refreshContacts } from './queries'
import type { ContactsSearch } from './search'

export type Act = ContactJob['action']

/** How long an act that is over stays on screen, with the way back. */
const SHOWN_FOR = 5 * 60_000

export const jobsQuery = queryOptions({
  queryKey: ['contact-jobs'],
  queryFn: async (): Promise<ContactJob[]> => (await call(api.GET('/api/contact-jobs/'))).results,
})

/** The act that runs, or the last one that ended a short while ago. */
export function shownJob(
  jobs: readonly ContactJob[],
  now: number,
  away: number | null,
): ContactJob | undefined {
  const job = jobs.toSorted((one, other) => other.id - one.id)[0]
  if (!job || job.id === away) return undefined
  const isOver = job.finished_at !== null
  return isOver && now - Date.parse(job.finished_at ?? '') > SHOWN_FOR ? undefined : job
}

export function isRunning({ state }: ContactJob): boolean {
  return state === 'running' || state === 'undoing'
}

export function useBeginJob(search: ContactsSearch) {
  return useMutation({
    mutationFn: ({ action, params, selection }: { action: Act; params: object; selection: Selection }) =>
      call(api.POST('/api/contact-jobs/', { body: { action, params, ...meant(search, selection) } })),
    onSuccess: (job) => putJobs([job]),
  })
}

function meant({ search, filter, segment }: ContactsSearch, { isAll, ids }: Selection) {
  if (!isAll) return { contacts: [...ids] }
  const which = filter ? { filter: filter as Record<string, unknown> } : { segment }
  return { all: true, search, ...which, exclude: [...ids] }
}

export function useStopJob() {
  return useMutation({
    mutationFn: ({ id }: ContactJob) =>
      call(api.POST('/api/contact-jobs/{id}/cancel/', { params: { path: { id } } })),
    onSuccess: (job) => putJobs([job]),
  })
}

export function useUndoJob() {
  return useMutation({
    mutationFn: ({ id }: ContactJob) =>
      call(api.POST('/api/contact-jobs/{id}/undo/', { params: { path: { id } } })),
    onSuccess: (job) => putJobs([job]),
  })
}

/** By event and as the answer to one's own act. What ended may have changed who is on the list. */
export function putJobs(rows: readonly ContactJob[]): void {
  queryClient.setQueryData(jobsQuery.queryKey, (known) => known && upsertRows(known, rows))
  if (rows.some((job) => !isRunning(job))) refreshContacts()
}
