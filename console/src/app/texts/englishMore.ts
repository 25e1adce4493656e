/** English: the texts of all other screens. */
import type { Words } from '@/shared/i18n/translate'
import { gather } from './gather'

export const texts = gather(
  import.meta.glob<Words>(['/src/features/*/texts/en.json', '!/src/features/inbox/texts/en.json'], {
    eager: true,
    import: 'default',
  }),
)
