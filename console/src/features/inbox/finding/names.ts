/** What ids are called: of queues, people, connections and tags, in filters. */
import { useConnections, useQueues, useTags, useUsers } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { useMe } from '@/shared/session/store'

export interface Choice {
  value: string
  label: string
  color?: string
}

export type ChoicesOf = (takes: string, choices: readonly string[], key: string) => Choice[]

/** The values that a condition can take, with the words and colours for them. */
export function useChoices(): ChoicesOf {
  const { t } = useTranslation('finding')
  const me = useMe()
  const queues = useQueues()
  const users = useUsers()
  const connections = useConnections()
  const tags = useTags()
  const named = (rows: readonly { id: number; name: string; color?: string }[]) =>
    rows.map(({ id, name, color }) => ({ value: String(id), label: name, ...(color && { color }) }))
  return (takes, choices, key) => {
    switch (takes) {
      case 'queues':
        return [...named(queues), { value: 'none', label: t('nothing.queue') }]
      case 'people':
        return [
          { value: 'me', label: t('me') },
          { value: 'none', label: t('nothing.agent') },
          ...named(users.filter(({ is_active, id }) => is_active && id !== me.user.id)),
        ]
      case 'connections':
        return named(connections)
      case 'tags':
        return named(tags)
      case 'choices':
        return choices.map((value) => ({ value, label: t(`choices.${key}.${value}`) }))
      default:
        return choices.map((value) => ({ value, label: value }))
    }
  }
}

/** Ids travel as numbers, `me` and `none` as words. */
export function chosenValue(takes: string, chosen: readonly string[]): unknown[] {
  if (!['queues', 'people', 'connections', 'tags'].includes(takes)) return [...chosen]
  return chosen.map((one) => (/^\d+$/.test(one) ? Number(one) : one))
}
