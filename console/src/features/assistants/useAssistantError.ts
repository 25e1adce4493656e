/** Refusals that only these screens can hear, in words; the others as everywhere. */
import { useErrorText } from '@/shared/i18n/errors'

export const useAssistantError = () => useErrorText('assistants:errors.')
