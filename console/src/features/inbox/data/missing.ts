/** What the server said is missing before the ticket can be closed. */
import { create } from 'zustand'
import type { ApiError } from '@/shared/api/errors'

interface Missing {
  tag: boolean
  /** Keys of fields. */
  fields: readonly string[]
}

export const useMissing = create<Missing>(() => ({ tag: false, fields: [] }))

export function rememberMissing({ fields }: ApiError): void {
  useMissing.setState({ tag: fields.tag?.[0] === 'true', fields: fields.fields ?? [] })
}
