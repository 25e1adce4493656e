/** Rows for tests, complete and ordinary; name only what the test is about. */
import type { Me, Session, Ticket } from '@/shared/api/types'

const at = '2026-11-21T12:00:00Z'

export function me(changes: Partial<Me> = {}): Me {
  return {
    user: {
      id: 1,
      name: 'Marta Ribeiro',
      email: 'marta@example.com',
      language: 'pt-BR',
      theme: 'auto',
      notify_sound: true,
      notify_browser: true,
    },
    company: { id: 1, name: 'Loja Azul', timezone: 'America/Sao_Paulo', language: 'pt-BR' },
    role: 'admin',
    permissions: [
      'tickets.read',
      'contacts.read',
      'users.read',
      'users.write',
      'queues.read',
      'queues.write',
    ],
    queues: [1],
    farewell: '',
    memberships: [{ company: { id: 1, name: 'Loja Azul' }, role: 'admin' }],
    is_operator: false,
    socket: { port: 0, path: '/ws/' },
    build: 'test',
    ...changes,
  }
}

export function session(changes: Partial<Session> = {}): Session {
  return { access: 'token', expires_in: 900, me: me(), ...changes }
}

export function ticket(changes: Partial<Ticket> = {}): Ticket {
  return {
    id: 1,
    uuid: '8d8ac610-566d-4ef0-9c22-186b2a5ed793',
    number: 4812,
    status: 'open',
    contact: {
      id: 1,
      display_name: 'Ana',
      name: 'Ana',
      number: '5511987654321',
      username: null,
      is_blocked: false,
      is_group: false,
    },
    connection: { id: 1, name: 'Vendas', kind: 'cloud_api' },
    queue: { id: 1, name: 'Vendas', color: '#0b7285' },
    agent: { id: 1, name: 'Marta Ribeiro' },
    unread_count: 1,
    last_message: {
      id: 10,
      kind: 'text',
      direction: 'in',
      preview: 'Oi',
      state: 'received',
      is_removed: false,
    },
    last_message_at: at,
    waiting_since: null,
    window_expires_at: null,
    opened_at: at,
    closed_at: null,
    first_reply_at: null,
    priority: 'normal',
    tags: [],
    participants: [],
    custom_fields: {},
    awaiting: '',
    snoozed_at: null,
    snoozed_until: null,
    merged_into: null,
    sla_target: '',
    sla_due_at: null,
    sla_warned_at: null,
    sla_breached_at: null,
    created_at: at,
    updated_at: at,
    version: 1,
    ...changes,
  }
}
