/** Spanish, as far as the inbox needs it. */
import type { Words } from '@/shared/i18n/translate'
import { gather } from './gather'

export const texts = gather(
  import.meta.glob<Words>(
    ['/src/features/inbox/texts/es.json', '/src/shared/i18n/texts/es.json', '/src/app/texts/es.json'],
    { eager: true, import: 'default' },
  ),
)
