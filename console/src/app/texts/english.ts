/** English, as far as the inbox needs it. */
import type { Words } from '@/shared/i18n/translate'
import { gather } from './gather'

export const texts = gather(
  import.meta.glob<Words>(
    ['/src/features/inbox/texts/en.json', '/src/shared/i18n/texts/en.json', '/src/app/texts/en.json'],
    { eager: true, import: 'default' },
  ),
)
