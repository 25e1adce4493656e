/** Languages that people here are likely to speak, and the name of any by its code. */
import { currentLanguage } from '@/shared/i18n'

export const OFFERED = ['pt', 'en', 'es', 'fr', 'de', 'it'] as const

export function languageName(code: string): string {
  if (!code) return ''
  try {
    return new Intl.DisplayNames([currentLanguage()], { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}
