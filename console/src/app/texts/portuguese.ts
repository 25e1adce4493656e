/** Portuguese, as far as the inbox needs it. */
import type { Words } from '@/shared/i18n/translate'
import { gather } from './gather'

export const texts = gather(
  import.meta.glob<Words>(
    [
      '/src/features/inbox/texts/pt-BR.json',
      '/src/shared/i18n/texts/pt-BR.json',
      '/src/app/texts/pt-BR.json',
    ],
    { eager: true, import: 'default' },
  ),
)
