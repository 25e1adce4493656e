/** The composer as an agent meets it: writing, notes, drafts, and what it says when writing is not possible. */
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { Composer } from '@/features/inbox/composer/Composer'
import { useOutbox } from '@/features/inbox/outbox/outbox'
import inboxTexts from '@/features/inbox/texts/en.json'
import { Failure } from '@/features/inbox/thread/Failure'
import templateTexts from '@/features/templates/texts/en.json'
import { queryClient } from '@/shared/api/queryClient'
import type { Message, Ticket } from '@/shared/api/types'
import commonTexts from '@/shared/i18n/texts/en.json'
import { speak } from '@/shared/i18n/translate'
import { adoptSession } from '@/shared/session/store'
import { me, session, ticket } from '../factories'
import { message } from './message'

const TEMPLATE = {
  id: 5,
  name: 'order_here',
  language: 'pt_BR',
  category: 'utility',
  components: [{ type: 'BODY', text: 'Hello {{1}}, your order {{2}} is here.' }],
  blanks: [
    { key: '1', kind: 'text', name: '1', example: 'Ana' },
    { key: '2', kind: 'text', name: '2', example: '42' },
  ],
  defaults: { '1': '{{firstName}}' },
  files: [],
}
const CHOICE = { name: 'order_here', language: 'pt_BR', variables: { '1': '{{firstName}}', '2': '77' } }
const retried: string[] = []
const server = setupServer(
  http.get('*/api/connections/', () => HttpResponse.json({ next: null, previous: null, results: [] })),
  http.get('*/api/templates/', () => HttpResponse.json({ next: null, previous: null, results: [TEMPLATE] })),
  http.post('*/api/templates/:id/preview/', async ({ request }) => {
    const { variables } = (await request.json()) as { variables: Record<string, string> }
    const values = {
      ...variables,
      '1': variables['1'] === '{{firstName}}' ? 'Maria' : (variables['1'] ?? ''),
    }
    return HttpResponse.json({ body: '', shown: {}, values, empty: [] })
  }),
  http.post('*/api/tickets/:id/typing/', () => new HttpResponse(null, { status: 204 })),
  http.post('*/api/tickets/:id/messages/', () =>
    HttpResponse.json({ code: 'ticket_closed', detail: '' }, { status: 409 }),
  ),
  http.post('*/api/messages/:id/retry/', ({ params }) => {
    retried.push(String(params.id))
    return HttpResponse.json(
      message({ id: Number(params.id), direction: 'out', state: 'queued', version: 9 }),
    )
  }),
)

// jsdom has no fonts; the growing field waits for them.
Object.defineProperty(document, 'fonts', { value: new EventTarget(), configurable: true })

beforeAll(async () => {
  server.listen()
  speak('en', { inbox: inboxTexts, common: commonTexts, templates: templateTexts })
})
afterAll(() => server.close())
afterEach(() => server.resetHandlers())
beforeEach(() => {
  localStorage.clear()
  queryClient.clear()
  useOutbox.setState({ entries: {}, progress: {} })
  adoptSession(session({ me: me({ permissions: ['tickets.read', 'tickets.write'] }) }))
})

const tomorrow = () => new Date(Date.now() + 80_000_000).toISOString()
const onAccept = vi.fn()
const onReplyTo = vi.fn()

function open(changes: Partial<Ticket> = {}, replyTo: Message | null = null): void {
  const row = ticket({ window_expires_at: tomorrow(), ...changes })
  render(
    <QueryClientProvider client={queryClient}>
      <MantineProvider>
        <Composer
          ticket={row}
          replyTo={replyTo}
          onReplyTo={onReplyTo}
          onAccept={onAccept}
          onReopen={vi.fn()}
          busy={null}
          isRead
        />
      </MantineProvider>
    </QueryClientProvider>,
  )
}

const outbox = () => Object.values(useOutbox.getState().entries)

test('Enter sends, Shift+Enter breaks the line, and the field is empty again', async () => {
  open()
  const field = screen.getByRole('textbox', { name: 'Message' })
  await userEvent.type(field, 'one{Shift>}{Enter}{/Shift}two{Enter}')
  expect(outbox().map(({ kind, body }) => [kind, body])).toEqual([['text', 'one\ntwo']])
  expect(field).toHaveValue('')
})

test('an answer carries what it answers', async () => {
  open({}, message({ id: 42, body: 'Where is my order?' }))
  expect(screen.getByText('Where is my order?')).toBeInTheDocument()
  await userEvent.type(screen.getByRole('textbox', { name: 'Message' }), 'On its way{Enter}')
  expect(outbox()[0]?.reply_to).toBe(42)
  expect(onReplyTo).toHaveBeenCalledWith(null)
})

test('a private note never leaves as an answer', async () => {
  open()
  await userEvent.click(screen.getByRole('button', { name: 'Private note' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Note for the team only' }), 'careful{Enter}')
  expect(outbox()[0]?.kind).toBe('note')
  expect(screen.getByRole('textbox', { name: 'Message' })).toBeInTheDocument()
})

test('what was begun waits in its ticket', async () => {
  open()
  await userEvent.type(screen.getByRole('textbox', { name: 'Message' }), 'half a sen')
  cleanup()
  open({ id: 2 })
  expect(screen.getByRole('textbox', { name: 'Message' })).toHaveValue('')
  cleanup()
  open()
  expect(screen.getByRole('textbox', { name: 'Message' })).toHaveValue('half a sen')
})

test('a waiting ticket can be read, noted and accepted, but not answered', async () => {
  open({ status: 'pending', agent: null })
  expect(screen.queryByRole('textbox', { name: 'Message' })).not.toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: /Accept/ }))
  expect(onAccept).toHaveBeenCalled()
  await userEvent.click(screen.getByRole('button', { name: 'Private note' }))
  expect(screen.getByRole('textbox', { name: 'Note for the team only' })).toBeInTheDocument()
})

test('outside the window a template can be sent alone', async () => {
  open({ window_expires_at: '2026-01-01T00:00:00Z' })
  expect(screen.getByText(/Outside the 24-hour window/)).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Send a template' }))
  await fillTemplate()
  await userEvent.click(screen.getByRole('button', { name: 'Send template' }))
  expect(outbox()[0]).toMatchObject({ kind: 'template', template: CHOICE })
})

/** Its second variable is empty at first: until then it cannot be sent. */
async function fillTemplate(): Promise<void> {
  await userEvent.click(await screen.findByTestId('template-order_here-pt_BR'))
  expect(screen.getByRole('button', { name: /^Send template/ })).toBeDisabled()
  await userEvent.type(screen.getByLabelText('{{2}}', { selector: 'input' }), '77')
  expect(await screen.findByText(/Hello Maria, your order 77 is here/)).toBeInTheDocument()
}

test('what is written outside the window is held behind a template', async () => {
  open({ window_expires_at: '2026-01-01T00:00:00Z' })
  await userEvent.type(screen.getByTestId('composer'), 'Your order is here{Enter}')
  expect(outbox()).toEqual([])
  await fillTemplate()
  await userEvent.click(screen.getByRole('button', { name: 'Send template and hold text' }))
  expect(outbox()[0]).toMatchObject({
    kind: 'text',
    body: 'Your order is here',
    park: { template: CHOICE },
  })
  expect(screen.getByTestId('composer')).toHaveValue('')
})

test('a failed message says why in words and can be tried again', async () => {
  const error = { code: 'recipient_unreachable', title: 'x', detail: 'y', action: 'retry' }
  render(
    <QueryClientProvider client={queryClient}>
      <MantineProvider>
        <Failure message={message({ id: 77, direction: 'out', state: 'failed', error })} />
      </MantineProvider>
    </QueryClientProvider>,
  )
  expect(screen.getByText(/cannot be reached on WhatsApp/)).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  await vi.waitFor(() => expect(retried).toEqual(['77']))
})
