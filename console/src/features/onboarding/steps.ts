/** What a new company still has to do. Nothing is ticked by hand: the API's rows tell. */
import { useQuery } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import { ticketCountsQuery } from '@/shared/directory/counts'
import { connectionsQuery, queuesQuery, usersQuery } from '@/shared/directory/queries'
import { useCan } from '@/shared/session/store'

export type StepName = 'company' | 'queue' | 'team' | 'connection' | 'message'

export interface Step {
  name: StepName
  isDone: boolean
  to: '/settings/company' | '/queues' | '/team' | '/connections' | '/inbox'
}

interface Setup {
  isPending: boolean
  error: unknown
  steps: Step[]
  retry: () => void
}

const companyQuery = { queryKey: ['company'], queryFn: () => call(api.GET('/api/company/')) }

const anyTicketQuery = {
  queryKey: ['any-ticket'],
  queryFn: async () =>
    (await call(api.GET('/api/tickets/', { params: { query: { tab: 'all' } } }))).results.length > 0,
}

export function useSetup(): Setup {
  const company = useQuery(companyQuery)
  const queues = useQuery(queuesQuery)
  const users = useQuery(usersQuery)
  const connections = useQuery(connectionsQuery)
  const ticket = useQuery(anyTicketQuery)
  // Follows the events, so that the last step ticks while one looks.
  const counts = useQuery(ticketCountsQuery)
  const reads = [company, queues, users, connections, ticket]
  const hasMessage =
    ticket.data === true ||
    (counts.data?.all ?? 0) > 0 ||
    (connections.data ?? []).some(({ webhook }) => webhook.last_received_at)
  return {
    isPending: reads.some(({ isPending }) => isPending),
    error: reads.find(({ isError }) => isError)?.error ?? null,
    retry: () => reads.forEach(({ isError, refetch }) => void (isError && refetch())),
    steps: [
      // Sign-up brings the name and the browser's time zone; most companies start with one step done.
      {
        name: 'company',
        to: '/settings/company',
        isDone: Boolean(company.data?.name && company.data.timezone),
      },
      { name: 'queue', to: '/queues', isDone: (queues.data?.length ?? 0) > 0 },
      { name: 'team', to: '/team', isDone: (users.data?.length ?? 0) > 1 },
      {
        name: 'connection',
        to: '/connections',
        isDone: (connections.data ?? []).some(({ status }) => status === 'connected'),
      },
      { name: 'message', to: '/inbox', isDone: hasMessage },
    ],
  }
}

/** Only those who can do the steps are shown them. */
export function useMaySetUp(): boolean {
  const canCompany = useCan('company.write')
  const canConnect = useCan('connections.write')
  return canCompany && canConnect
}

/** True while an administrator's company has steps to do; asks nothing on behalf of anybody else. */
export function useIsNewCompany(): boolean {
  const maySetUp = useMaySetUp()
  const connections = useQuery({ ...connectionsQuery, enabled: maySetUp })
  const counts = useQuery({ ...ticketCountsQuery, enabled: maySetUp })
  // A conversation is the end of the setup; what else is undone is the company's choice.
  const hasSomething =
    counts.data?.all !== 0 || connections.data?.some(({ webhook }) => webhook.last_received_at)
  return maySetUp && connections.data !== undefined && !hasSomething
}
