/** From files to namespaces: features/inbox/texts/en.json is `inbox`, the shared one is `common`. */

import type { Words } from '@/shared/i18n/translate'

export function gather(files: Record<string, Words>): Record<string, Words> {
  return Object.fromEntries(Object.entries(files).map(([path, words]) => [namespaceOf(path), words]))
}

export function namespaceOf(path: string): string {
  const feature = /features\/([^/]+)\/texts\//.exec(path)?.[1]
  return feature ?? (path.includes('/shared/') ? 'common' : 'app')
}
