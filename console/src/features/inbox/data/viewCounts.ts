/** The numbers on the views: counting several filters is more work than counting tabs, so it is asked for less often. */
import { queryClient } from '@/shared/api/queryClient'
import { throttled } from './throttled'

const AT_MOST_EVERY = 3_000

export const refreshViewCounts = throttled(AT_MOST_EVERY, () => {
  void queryClient.invalidateQueries({ queryKey: ['views', 'counts'] })
  void queryClient.invalidateQueries({ queryKey: ['tickets', 'count'] })
})
