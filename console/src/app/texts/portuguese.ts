/** Every text in one language. */
import { gather } from './gather'

export const texts = gather(
  import.meta.glob<Record<string, unknown>>(
    ['/src/features/*/texts/pt-BR.json', '/src/shared/i18n/texts/pt-BR.json', '/src/app/texts/pt-BR.json'],
    { eager: true, import: 'default' },
  ),
)
