/** What Django writes into index.html before the first request: public facts and the nonce for styles. */
import { queryOptions } from '@tanstack/react-query'
import { setNonce } from 'get-nonce'
import { api, call } from './api/client'
import type { Options } from './api/types'

const PLACEHOLDER = '__BOOT__'

function readOptions(): Options | undefined {
  const text = document.getElementById('boot')?.textContent?.trim() ?? ''
  // The development server leaves the placeholder in place; the options are then fetched.
  if (!text || text === PLACEHOLDER) return undefined
  return (JSON.parse(text) as { options: Options }).options
}

const options = readOptions()

export const optionsQuery = queryOptions({
  queryKey: ['options'],
  queryFn: () => call(api.GET('/api/auth/options/')),
  initialData: options,
  staleTime: Number.POSITIVE_INFINITY,
})

export const styleNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
setNonce(styleNonce)
