/** Begins an act on everything that is chosen. */
import { useMutation } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import type { BulkAction, BulkJob } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { toast } from '@/shared/ui/toast'
import { isOver, showJob } from './jobs'
import { clearSelection, type Selection, useSelection } from './selection'

export interface Act {
  action: BulkAction
  params?: Record<string, unknown>
}

export function useBulkAct() {
  const failed = useFailure()
  return useMutation({
    mutationFn: ({ action, params = {} }: Act) =>
      call(api.POST('/api/bulk-jobs/', { body: { action, params, ...meant(useSelection.getState()) } })),
    onSuccess: (job) => {
      showJob(job)
      clearSelection()
    },
    onError: failed,
  })
}

export function useJobSteps(job: BulkJob) {
  const failed = useFailure()
  const of = { params: { path: { id: job.id } } }
  const cancel = useMutation({
    mutationFn: () => call(api.POST('/api/bulk-jobs/{id}/cancel/', of)),
    onSuccess: showJob,
    onError: failed,
  })
  const undo = useMutation({
    mutationFn: () => call(api.POST('/api/bulk-jobs/{id}/undo/', of)),
    onSuccess: showJob,
    onError: failed,
  })
  return { cancel, undo }
}

/** Events tell how it goes on; without a line we ask. */
export async function readJob(job: BulkJob): Promise<BulkJob> {
  const row = await call(api.GET('/api/bulk-jobs/{id}/', { params: { path: { id: job.id } } }))
  showJob(row)
  return row
}

export const ASK_EVERY = 4_000

export function askAgain(job: BulkJob): number | false {
  return isOver(job) ? false : ASK_EVERY
}

function meant({ ids, everything, left }: Selection) {
  if (!everything) return { unread: false, tickets: [...ids] }
  const { tab, filter, search } = everything.filter
  return {
    unread: false,
    tab,
    ...(filter && { filter: filter as unknown as Record<string, unknown> }),
    ...(search && { search }),
    exclude: [...left],
  }
}

function useFailure(): (error: unknown) => void {
  const { t, exists } = useTranslation('finding')
  const errorText = useErrorText()
  return (error) => {
    const code = error && typeof error === 'object' && 'code' in error ? `refusals.${error.code}` : ''
    void toast({ message: code && exists(code) ? t(code) : errorText(error), tone: 'danger' })
  }
}
