/** Changing one's own account. */
import { useMutation } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import type { Language, Theme } from '@/shared/api/types'
import { setMe } from './store'

export interface MeChanges {
  name?: string
  language?: Language
  theme?: Theme
  notify_sound?: boolean
  notify_browser?: boolean
}

export function useChangeMe() {
  return useMutation({
    mutationFn: (changes: MeChanges) => call(api.PATCH('/api/auth/me/', { body: changes })),
    onSuccess: setMe,
  })
}
