/** Every text in one language. */
import { gather } from './gather'

export const texts = gather(
  import.meta.glob<Record<string, unknown>>(
    ['/src/features/*/texts/es.json', '/src/shared/i18n/texts/es.json', '/src/app/texts/es.json'],
    { eager: true, import: 'default' },
  ),
)
