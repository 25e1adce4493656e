/** Portuguese: the texts of all other screens. */
import type { Words } from '@/shared/i18n/translate'
import { gather } from './gather'

export const texts = gather(
  import.meta.glob<Words>(['/src/features/*/texts/pt-BR.json', '!/src/features/inbox/texts/pt-BR.json'], {
    eager: true,
    import: 'default',
  }),
)
