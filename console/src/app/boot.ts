/** What Django writes into index.html before the first request: public facts and the nonce for styles. */
import { setNonce } from 'get-nonce'
import type { Options } from '@/shared/api/types'

interface Boot {
  options: Options
}

const fallback: Boot = { options: { sign_up_open: false, version: 'development' } }

function readBoot(): Boot {
  const text = document.getElementById('boot')?.textContent?.trim() ?? ''
  // The development server leaves the placeholder in place.
  if (!text || text === '__BOOT__') return fallback
  return JSON.parse(text) as Boot
}

export const boot = readBoot()

/** The build that this tab runs; the server names its own in every hello. */
export const build = boot.options.version

export const styleNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
setNonce(styleNonce)
