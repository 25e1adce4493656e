/** The one copy of server data in this tab. */
import { QueryClient } from '@tanstack/react-query'
import { isApiError } from './errors'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Events keep rows current, so reading again is only for when the line was down.
      staleTime: 60_000,
      gcTime: 600_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && mayPass(error),
    },
    mutations: { retry: false },
  },
})

/** Refusals stay refusals; only silence and server trouble are worth another try. */
function mayPass(error: unknown): boolean {
  return isApiError(error) && (error.isOffline || error.status >= 500)
}
