/** When a bot acts, in one line. */
import type { Bot } from '@/shared/api/types'
import { useConnections, useQueues } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'

export function useDutyText(): (bot: Bot) => string {
  const { t } = useTranslation('bots')
  const queues = useQueues()
  const connections = useConnections()
  return (bot) => {
    const named = (rows: readonly { id: number; name: string }[], ids: readonly number[]) =>
      rows
        .filter(({ id }) => ids.includes(id))
        .map(({ name }) => name)
        .join(', ')
    const parts = [
      bot.connections.length > 0 ? named(connections, bot.connections) : t('allConnections'),
      bot.queues.length > 0 ? named(queues, bot.queues) : '',
      bot.hours === 'always' ? '' : t(`hours.${bot.hours}`),
      bot.start_words.length > 0 ? t('onWords', { words: bot.start_words.join(', ') }) : '',
      bot.is_gateway ? t('answersTalks') : '',
    ]
    return parts.filter(Boolean).join(' · ')
  }
}
