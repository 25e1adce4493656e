/** Why an assistant does not answer now, in a sentence. */
import { useTranslation } from '@/shared/i18n/translate'
import { formatNumber } from '@/shared/lib/dates'
import type { Assistant, AssistantStanding } from './queries'

export function useWhy(): (assistant: Assistant, standing: AssistantStanding | undefined) => string {
  const { t } = useTranslation('assistants')
  return (assistant, standing) => {
    if (!standing) return ''
    const { why, detail, score } = standing
    if (!why) return t('why.now')
    if (why === 'provider_trouble') return t(`errors.ai_${detail}`)
    return t(`why.${why}`, {
      name: detail,
      score: formatNumber(score ?? 0),
      needed: assistant.exam_threshold,
    })
  }
}
