/** The act on many conversations that this console has begun: how far it is, and the way back. */
import { create } from 'zustand'
import type { BulkJob } from '@/shared/api/types'

interface Running {
  job: BulkJob | null
}

export const useBulkJob = create<Running>(() => ({ job: null }))

export function showJob(job: BulkJob): void {
  useBulkJob.setState(({ job: known }) =>
    known && known.id === job.id && known.version > job.version ? {} : { job },
  )
}

export function hideJob(): void {
  useBulkJob.setState({ job: null })
}

/** Others of one's own consoles may have jobs too; they show them. */
export function jobsChanged(jobs: readonly BulkJob[]): void {
  for (const job of jobs) if (useBulkJob.getState().job?.id === job.id) showJob(job)
}

export function isOver({ state }: BulkJob): boolean {
  return state === 'done' || state === 'cancelled' || state === 'undone'
}

/** Tickets that were looked at already, of all that are meant. */
export function progressOf({ state, updated, failed, undone, kept, total }: BulkJob): number {
  const isBack = state === 'undoing' || state === 'undone'
  const [done, all] = isBack ? [undone + kept, updated] : [updated + failed, total]
  return all > 0 ? Math.round((100 * done) / all) : 100
}
