/** Why a number of WhatsApp does not work, in the person's language. */
import { useCallback } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDate } from '@/shared/lib/dates'

/** `const why = useTrouble()`; codes without words of ours show the server's, which are better than none. */
export function useTrouble(): (code: string, words: string) => string {
  const { t, exists } = useTranslation('common')
  return useCallback(
    (code: string, words: string) => {
      const key = code.startsWith('device_')
        ? `connections:phone.states.${code.slice('device_'.length)}`
        : `connections:trouble.${code}`
      if (!exists(key)) return words
      const day = /\d{4}-\d\d-\d\d/.exec(words)?.[0]
      return t(key, { words: words.replace(/^\w+: /, ''), day: day ? formatDate(`${day}T12:00`) : '' })
    },
    [t, exists],
  )
}
