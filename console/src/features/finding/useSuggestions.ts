/** What the operator that is being typed may be completed with. */
import { useQuery } from '@tanstack/react-query'
import type { Contact } from '@/shared/api/types'
import { useQueues, useTags, useUsers } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { contactTitle } from '@/shared/lib/phone'
import { dayAgo, type Piece, plain } from './operators'
import { contactsQuery } from './queries'

export interface Suggestion {
  value: string
  label: string
  hint?: string
  color?: string
}

const MOST = 8
const NONE: Contact[] = []
const STATES = ['open', 'pending', 'closed', 'unread', 'snoozed'] as const
const DAYS = [0, 1, 7, 30, 90]

export function useSuggestions(piece: Piece | null): Suggestion[] {
  const { t } = useTranslation('finding')
  const tags = useTags()
  const queues = useQueues()
  const users = useUsers()
  const name = piece?.operator === 'from' ? piece.value.trim() : ''
  const contacts = useQuery({ ...contactsQuery(name), enabled: name.length > 1 }).data ?? NONE
  if (!piece?.operator) return []
  const all = valuesOf()
  const typed = plain(piece.value)
  // What is complete needs no further word.
  if (all.some(({ value }) => plain(value) === typed)) return []
  const isMeant = ({ value, label }: Suggestion) => plain(`${label} ${value}`).includes(typed)
  return all.filter((one) => piece.operator === 'from' || isMeant(one)).slice(0, MOST)

  function valuesOf(): Suggestion[] {
    switch (piece?.operator) {
      case 'tag':
        return tags.map((tag) => ({ value: tag.name, label: tag.name, color: tag.color }))
      case 'queue':
        return queues.map((queue) => ({ value: queue.name, label: queue.name, color: queue.color }))
      case 'agent':
        return [
          { value: 'me', label: t('me') },
          ...users
            .filter(({ is_active }) => is_active)
            .map((user) => ({ value: user.name, label: user.name, hint: user.email })),
        ]
      case 'is':
        return STATES.map((state) => ({ value: state, label: t(`search.states.${state}`) }))
      case 'in':
        return [{ value: 'notes', label: t('search.notes') }]
      case 'before':
      case 'after':
        return DAYS.map((days) => ({
          value: dayAgo(days),
          label: t(`search.days.d${days}`),
          hint: dayAgo(days),
        }))
      default:
        return contacts.map((contact) => ({ value: contactTitle(contact), label: contactTitle(contact) }))
    }
  }
}
