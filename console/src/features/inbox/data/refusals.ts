/** Why the server said no, in the words of the inbox; other failures keep the common words. */
import { useErrorText } from '@/shared/i18n/errors'

export const useRefusalText = () => useErrorText('inbox:refusals.')
