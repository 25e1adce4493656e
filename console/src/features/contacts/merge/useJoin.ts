/** Joins two contacts; asks about open tickets on the same number when the server does. */
import { useState } from 'react'
import { isApiError } from '@/shared/api/errors'
import type { Contact, ContactMerge } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { toast } from '@/shared/ui/toast'
import { useMerge } from '../one/queries'
import type { Chosen } from './Choice'
import { takenFrom } from './choice'

export function useJoin(pair: readonly [Contact, Contact], onDone: (merge: ContactMerge) => void) {
  const errorText = useErrorText()
  const merge = useMerge()
  /** Numbers of tickets that have to become one as well: [["12", "14"]]. */
  const [tickets, setTickets] = useState<string[]>([])
  const [isAgreed, setAgreed] = useState(false)
  function join({ into: id, picks }: Chosen): void {
    const into = pair[0].id === id ? pair[0] : pair[1]
    const from = into === pair[0] ? pair[1] : pair[0]
    merge.mutate(
      { from: from.id, into: into.id, take: takenFrom(from, into, picks), merge_tickets: isAgreed },
      {
        onSuccess: onDone,
        onError: (error) => {
          if (isApiError(error) && error.code === 'merge_live_tickets')
            setTickets(error.fields.tickets ?? ['?'])
          else void toast({ message: errorText(error), tone: 'danger' })
        },
      },
    )
  }
  return {
    join,
    isBusy: merge.isPending,
    tickets,
    isAgreed,
    setAgreed,
    mustAgree: tickets.length > 0 && !isAgreed,
  }
}
