/** Every text in one language. */
import { gather } from './gather'

export const texts = gather(
  import.meta.glob<Record<string, unknown>>(
    ['/src/features/*/texts/en.json', '/src/shared/i18n/texts/en.json', '/src/app/texts/en.json'],
    { eager: true, import: 'default' },
  ),
)
