/** Header and composer stay on the page when another conversation is opened; what was begun stays with its own. */
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { act, fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { handBack } from '@/features/inbox/composer/handBack'
import { ticketRows } from '@/features/inbox/data/tickets'
import { useOutbox } from '@/features/inbox/outbox/outbox'
import { type InboxParts, PartsProvider } from '@/features/inbox/parts'
import inboxTexts from '@/features/inbox/texts/en.json'
import { ThreadPane } from '@/features/inbox/thread/ThreadPane'
import { activeActions } from '@/shared/actions/registry'
import { queryClient } from '@/shared/api/queryClient'
import type { Ticket } from '@/shared/api/types'
import commonTexts from '@/shared/i18n/texts/en.json'
import { speak } from '@/shared/i18n/translate'
import { adoptSession } from '@/shared/session/store'
import { me, session, ticket } from '../factories'
import { message } from './message'

vi.mock('@/features/inbox/useInboxAddress', () => ({
  useInboxAddress: () => ({ search: {}, tab: 'mine', filter: { tab: 'mine' }, change: vi.fn() }),
}))

const kept: { ticket: string; body: string }[] = []
let accept: () => void = () => {}
const page = (results: unknown[]) => HttpResponse.json({ next: null, previous: null, results })
const server = setupServer(
  http.get('*/api/tickets/:id/messages/', ({ params }) =>
    page([message({ id: Number(params.id) * 10, ticket: Number(params.id), body: `Words of ${params.id}` })]),
  ),
  http.get('*/api/tickets/pins/', () => HttpResponse.json({ tickets: [] })),
  http.get('*/api/connections/', () => page([])),
  http.get('*/api/users/', () => page([])),
  http.get('*/api/drafts/', () => page([])),
  http.get('*/api/templates/', () => page([])),
  http.get('*/api/company/settings/', () => HttpResponse.json({ undo_seconds: 0 })),
  http.put('*/api/tickets/:id/draft/', async ({ params, request }) => {
    const { body } = (await request.json()) as { body: string }
    kept.push({ ticket: String(params.id), body })
    return new HttpResponse(null, { status: 500 })
  }),
  http.post('*/api/tickets/:id/typing/', () => new HttpResponse(null, { status: 204 })),
  http.post('*/api/tickets/:id/accept/', async ({ params }) => {
    await new Promise<void>((resolve) => {
      accept = resolve
    })
    return HttpResponse.json(row(Number(params.id), { status: 'open', version: 2 }))
  }),
)

const parts: Partial<InboxParts> = {
  Later: () => <p>when</p>,
  Builder: () => <p>buttons</p>,
  Macro: () => <p>which macro</p>,
  SlashMenu: ({ word }) => <p>replies for {word}</p>,
}
class SilentRecorder extends EventTarget {
  static isTypeSupported = () => true
  state = 'recording'
  start = vi.fn()
  stop = vi.fn()
}
class SilentContext {
  state = 'running'
  close = vi.fn()
  createAnalyser = () => ({ fftSize: 1, getByteTimeDomainData: vi.fn() })
  createMediaStreamSource = () => ({ connect: vi.fn() })
}
const track = { stop: vi.fn() }

beforeAll(() => {
  server.listen()
  speak('en', { inbox: inboxTexts, common: commonTexts })
  vi.stubGlobal('MediaRecorder', SilentRecorder)
  vi.stubGlobal('AudioContext', SilentContext)
  Object.defineProperty(navigator, 'mediaDevices', {
    value: { getUserMedia: async () => ({ getTracks: () => [track] }) },
    configurable: true,
  })
  URL.createObjectURL = () => 'blob:one'
  URL.revokeObjectURL = vi.fn()
})
afterAll(() => server.close())
afterEach(() => server.resetHandlers())
beforeEach(() => {
  localStorage.clear()
  queryClient.clear()
  kept.length = 0
  useOutbox.setState({ entries: {}, progress: {} })
  const permissions = ['tickets.read', 'tickets.write', 'tickets.close', 'tickets.transfer'] as const
  adoptSession(session({ me: me({ permissions: [...permissions] }) }))
})

function row(id: number, changes: Partial<Ticket> = {}): Ticket {
  const window_expires_at = new Date(Date.now() + 80_000_000).toISOString()
  const contact = { ...ticket().contact, id, display_name: `Customer ${id}`, name: `Customer ${id}` }
  return ticket({ id, number: id, contact, window_expires_at, unread_count: 0, ...changes })
}

/** Opens the first conversation; answers with how to go to another one. */
async function open(changes: Partial<Ticket> = {}): Promise<(id: number) => Promise<void>> {
  ticketRows.clear()
  ticketRows.put([row(1, changes), row(2, changes)])
  const shown = (id: number) => (
    <QueryClientProvider client={queryClient}>
      <MantineProvider>
        <PartsProvider value={parts}>
          <ThreadPane id={id} onBack={vi.fn()} onPanel={vi.fn()} />
        </PartsProvider>
      </MantineProvider>
    </QueryClientProvider>
  )
  const { rerender } = render(shown(1))
  await screen.findByText('Words of 1')
  return async (id) => {
    rerender(shown(id))
    await screen.findByText(`Words of ${id}`)
  }
}

const field = () => screen.getByTestId('composer')
const perform = (id: string) =>
  act(() =>
    activeActions()
      .find((action) => action.id === id)
      ?.perform(),
  )

test('the buttons stay on the page, and say whose conversation it is', async () => {
  const goTo = await open()
  const button = screen.getByTestId('transfer')
  await goTo(2)
  expect(screen.getByTestId('transfer')).toBe(button)
  expect(screen.getByRole('heading', { name: /Customer 2/ })).toBeInTheDocument()
  expect(activeActions().find(({ id }) => id === 'ticket.transfer')?.group).toBe('Customer 2')
})

test('a draft waits in its conversation, here and on the server', async () => {
  const goTo = await open()
  await userEvent.type(field(), 'half a sen')
  await goTo(2)
  expect(field()).toHaveValue('')
  await vi.waitFor(() => expect(kept).toEqual([{ ticket: '1', body: 'half a sen' }]))
  await userEvent.type(field(), 'another')
  await goTo(1)
  expect(field()).toHaveValue('half a sen')
  await goTo(2)
  expect(field()).toHaveValue('another')
})

test('what one could undo in the field is gone with the conversation', async () => {
  const goTo = await open()
  const before = field()
  await goTo(2)
  expect(field()).not.toBe(before)
})

test('words that are taken back return to their own conversation only', async () => {
  const goTo = await open()
  await goTo(2)
  act(() => handBack(1, 'of the first'))
  expect(field()).toHaveValue('')
  act(() => handBack(2, 'of the second'))
  expect(field()).toHaveValue('of the second')
})

test('an answer to a message stays behind', async () => {
  const goTo = await open()
  await userEvent.click(await screen.findByTitle(inboxTexts.thread.reply))
  expect(screen.getByTestId('reply-bar')).toBeInTheDocument()
  await goTo(2)
  expect(screen.queryByTestId('reply-bar')).not.toBeInTheDocument()
  await userEvent.type(field(), 'Hello{Enter}')
  expect(Object.values(useOutbox.getState().entries)).toMatchObject([{ ticket: 2, reply_to: null }])
})

test('files stay behind, also those that were still being read', async () => {
  const goTo = await open()
  const pick = (name: string) =>
    fireEvent.change(screen.getByTestId('file-input'), { target: { files: [new File(['x'], name)] } })
  pick('one.pdf')
  await screen.findByText('one.pdf')
  pick('two.pdf')
  await goTo(2)
  expect(screen.queryByText(/pdf/)).not.toBeInTheDocument()
  expect(screen.getByTestId('record')).toBeInTheDocument()
})

test('a recording ends, and the microphone is given back', async () => {
  const goTo = await open()
  await userEvent.click(screen.getByTestId('record'))
  await screen.findByTestId('recorder')
  await vi.waitFor(() => expect(screen.getByTestId('record-send')).toBeEnabled())
  await goTo(2)
  expect(screen.queryByTestId('recorder')).not.toBeInTheDocument()
  expect(track.stop).toHaveBeenCalled()
  expect(Object.values(useOutbox.getState().entries)).toEqual([])
})

test('a note is written in one conversation, not in the next', async () => {
  const goTo = await open()
  await userEvent.click(screen.getByTestId('note-switch'))
  expect(screen.getByTestId('note-switch')).toHaveAttribute('aria-pressed', 'true')
  await goTo(2)
  expect(screen.getByTestId('reply-switch')).toHaveAttribute('aria-pressed', 'true')
  await userEvent.type(field(), 'Hello{Enter}')
  expect(Object.values(useOutbox.getState().entries)).toMatchObject([{ ticket: 2, kind: 'text' }])
})

test('the list behind a slash closes', async () => {
  const goTo = await open()
  await userEvent.type(field(), '/pi')
  expect(screen.getByText('replies for pi')).toBeInTheDocument()
  await goTo(2)
  expect(screen.queryByText(/replies for/)).not.toBeInTheDocument()
})

test.each([
  ['composer.later', 'when'],
  ['composer.interactive', 'buttons'],
  ['ticket.macro', 'which macro'],
])('the dialog of %s closes', async (action, words) => {
  const goTo = await open()
  perform(action)
  expect(await screen.findByText(words)).toBeInTheDocument()
  await goTo(2)
  expect(screen.queryByText(words)).not.toBeInTheDocument()
  await goTo(1)
  expect(screen.queryByText(words)).not.toBeInTheDocument()
})

test('the template that an answer waits for is not asked for in the next', async () => {
  const goTo = await open({ window_expires_at: '2026-01-01T00:00:00Z' })
  await userEvent.type(field(), 'Later then{Enter}')
  await screen.findByRole('dialog')
  await goTo(2)
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  expect(field()).toHaveValue('')
})

test('a step that is under way keeps only its own conversation busy', async () => {
  const goTo = await open({ status: 'pending', agent: null })
  await userEvent.click(screen.getByTestId('accept'))
  expect(screen.getByTestId('accept')).toHaveAttribute('data-loading')
  await goTo(2)
  expect(screen.getByTestId('accept')).not.toHaveAttribute('data-loading')
  act(() => accept())
  await vi.waitFor(() => expect(ticketRows.get(1)?.status).toBe('open'))
  expect(ticketRows.get(2)?.status).toBe('pending')
})
