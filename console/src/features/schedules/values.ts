/** A scheduled message as the form has it, and as the server has it. */
import type { Attachment, ScheduledMessage, ScheduleRequest, TemplateChoice } from '@/shared/api/types'
import { type LocalTime, localTime, momentOf } from '@/shared/lib/zones'

export const UNITS = ['day', 'week', 'month', 'minute'] as const
export const BUSINESS_DAYS = ['any', 'next', 'previous', 'skip'] as const
export const ENDS = ['never', 'times', 'until'] as const

export type Unit = (typeof UNITS)[number]
export type BusinessDays = (typeof BUSINESS_DAYS)[number]
export type End = (typeof ENDS)[number]

export interface ScheduleFields extends Record<string, unknown>, LocalTime {
  body: string
  cancel_on_reply: boolean
  /** Empty: once. */
  unit: Unit | ''
  every: number
  business_days: BusinessDays
  end: End
  times: number
  until: string
  /** A template for when the window is closed. */
  template: TemplateChoice | null
}

export function newFields(body: string, when: LocalTime): ScheduleFields {
  return {
    ...when,
    body,
    cancel_on_reply: true,
    unit: '',
    every: 1,
    business_days: 'any',
    end: 'never',
    times: 5,
    until: '',
    template: null,
  }
}

export function fieldsOf(row: ScheduledMessage, zone: string): ScheduleFields {
  const { repeat, fallback_template: template } = row
  return {
    ...newFields(row.body, localTime(Date.parse(row.next_at ?? row.at), zone)),
    cancel_on_reply: row.cancel_on_reply,
    unit: repeat?.unit ?? '',
    every: repeat?.every ?? 1,
    business_days: row.business_days,
    end: repeat?.times ? 'times' : repeat?.until ? 'until' : 'never',
    times: repeat?.times ?? 5,
    until: repeat?.until ?? '',
    template,
  }
}

type Timing = 'at' | 'repeat' | 'business_days'
type Words = 'body' | 'attachments' | 'cancel_on_reply' | 'fallback_template'
export type ScheduleBody = Required<Pick<ScheduleRequest, Timing | Words>>

export function requestOf(values: ScheduleFields, files: readonly Pick<Attachment, 'id'>[], zone: string) {
  const { body, cancel_on_reply, unit, every, business_days, end, times, until, template } = values
  const request: ScheduleBody = {
    at: momentOf(values, zone)?.toISOString() ?? '',
    body,
    attachments: files.map(({ id }) => id),
    cancel_on_reply,
    business_days,
    repeat: unit
      ? { unit, every, times: end === 'times' ? times : null, until: end === 'until' ? until || null : null }
      : null,
    fallback_template: template,
  }
  return request
}

/** What did not change keeps its rhythm: a new time would begin it anew. */
export function changesOf(before: ScheduleBody, after: ScheduleBody): Partial<ScheduleBody> {
  const timing: Timing[] = ['at', 'repeat', 'business_days']
  const isSame = timing.every((key) => JSON.stringify(before[key]) === JSON.stringify(after[key]))
  if (!isSame) return after
  const { body, attachments, cancel_on_reply, fallback_template } = after
  return { body, attachments, cancel_on_reply, fallback_template }
}

export function isOutsideWindow(at: Date | null, closesAt: string | null): boolean {
  return at !== null && (closesAt === null || at.getTime() >= Date.parse(closesAt))
}
