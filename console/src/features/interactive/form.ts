/** The draft that the fields of the dialog share. */
import { createContext, use } from 'react'
import type { Limits } from '@/shared/api/types'
import type { OfferDraft } from './draft'

interface Form {
  /** The number that sends it. */
  connection: number
  draft: OfferDraft
  /** Of the kind that is being written. */
  most: Limits[string]
  change: (patch: Partial<OfferDraft>) => void
  problemAt: (place: string) => string | undefined
}

export const FormContext = createContext<Form | null>(null)

export function useForm(): Form {
  const form = use(FormContext)
  if (!form) throw new Error('Fields stand inside the dialog.')
  return form
}
