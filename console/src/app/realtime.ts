/** "What happens in the console when an event arrives?" Read the table. */
import {
  contactsCreated,
  contactsUpdated,
  importsUpdated,
  jobsUpdated,
  segmentsChanged,
  ticketsBegun,
  ticketsOfContacts,
} from '@/features/contacts/events'
import { inboxEvents } from '@/features/inbox/events'
import { followCounts, noticesArrived, noticesChanged, ticketsChanged } from '@/features/notifications/events'
import { api, call } from '@/shared/api/client'
import { queryClient } from '@/shared/api/queryClient'
import { notesChanged } from '@/shared/contacts/cache'
import { refreshCounts } from '@/shared/directory/counts'
import {
  connectionsQuery,
  dropConnections,
  dropFields,
  dropHours,
  dropMenus,
  dropQueues,
  dropTags,
  fieldsQuery,
  putConnections,
  putDevices,
  putFields,
  putHours,
  putMenus,
  putQueues,
  putTags,
  putUsers,
  queuesQuery,
  tagsQuery,
  usersQuery,
} from '@/shared/directory/queries'
import { installSocket, setSocketState, useConnection } from '@/shared/realtime/connection'
import { copilotSaid } from '@/shared/realtime/copilot'
import { Dispatcher, type HandlerMap } from '@/shared/realtime/dispatch'
import type { PushData } from '@/shared/realtime/frames'
import { RealtimeSocket } from '@/shared/realtime/socket'
import { endSession, refreshSession } from '@/shared/session/refresh'
import { accessToken, currentMe, setMe, useSessionStore } from '@/shared/session/store'
import { watchForSilence } from './autoAway'

const handlers: HandlerMap = {
  ...inboxEvents,
  'ticket.created': [...inboxEvents['ticket.created'], ticketsChanged, ticketsBegun],
  'ticket.updated': [...inboxEvents['ticket.updated'], ticketsChanged, ticketsOfContacts],
  'contact.created': [contactsCreated],
  'contact.updated': [...inboxEvents['contact.updated'], contactsUpdated],
  'contact_note.created': [notesChanged],
  'contact_note.updated': [notesChanged],
  'contact_note.deleted': [notesChanged],
  'contact_import.updated': [importsUpdated],
  'contact_job.updated': [jobsUpdated],
  'segment.created': [segmentsChanged],
  'segment.updated': [segmentsChanged],
  'segment.deleted': [segmentsChanged],
  'queue.created': [putQueues],
  'queue.updated': [putQueues],
  'queue.deleted': [dropQueues],
  'field.created': [putFields],
  'field.updated': [putFields],
  'field.deleted': [dropFields],
  'tag.created': [putTags],
  'tag.updated': [putTags],
  'tag.deleted': [dropTags],
  'hours.created': [putHours],
  'hours.updated': [putHours],
  'hours.deleted': [dropHours],
  'menu.created': [putMenus],
  'menu.updated': [putMenus],
  'menu.deleted': [dropMenus],
  'connection.created': [putConnections],
  'connection.updated': [putConnections],
  'connection.deleted': [dropConnections],
  'device.updated': [putDevices],
  'notification.created': [noticesArrived],
  'notification.updated': [noticesArrived],
  'notifications.changed': [noticesChanged],
  'quick_reply.created': [readAgain('quick-replies')],
  'quick_reply.updated': [readAgain('quick-replies')],
  'quick_reply.deleted': [readAgain('quick-replies')],
  'template.created': [readAgain('templates')],
  'template.updated': [readAgain('templates')],
  'template.deleted': [readAgain('templates')],
  'macro.created': [readAgain('macros')],
  'macro.updated': [readAgain('macros')],
  'macro.deleted': [readAgain('macros')],
  'view.created': [readAgain('views')],
  'view.updated': [readAgain('views')],
  'view.deleted': [readAgain('views')],
  'scheduled_message.created': [readAgain('scheduled-messages')],
  'scheduled_message.updated': [readAgain('scheduled-messages')],
  'rating.created': [readAgain('ratings')],
  'rating.updated': [readAgain('ratings')],
  'assistant.created': [readAgain('ai-assistants'), readAgain('ai', 'providers')],
  'assistant.updated': [readAgain('ai-assistants'), readAgain('ai', 'providers')],
  'assistant.deleted': [readAgain('ai-assistants'), readAgain('ai', 'providers')],
  'ai_provider.created': [readAgain('ai')],
  'ai_provider.updated': [readAgain('ai')],
  'ai_provider.deleted': [readAgain('ai')],
  'exam.updated': [readAgain('ai-exams'), readAgain('ai-assistants')],
  'knowledge_document.created': [readAgain('knowledge-documents')],
  'knowledge_document.updated': [readAgain('knowledge-documents')],
  'knowledge_document.deleted': [readAgain('knowledge-documents')],
  'knowledge_answer.created': [readAgain('knowledge-answers')],
  'knowledge_answer.updated': [readAgain('knowledge-answers')],
  'knowledge_answer.deleted': [readAgain('knowledge-answers')],
  'knowledge_index.changed': [readAgain('knowledge-index')],
  'recording.updated': [readAgain('recordings')],
  'user.created': [putUsers],
  'user.updated': [putUsers],
  'copilot.delta': [copilotSaid],
  'copilot.done': [copilotSaid],
  'company.updated': [() => void refetchMe()],
  'presence.changed': [presenceChanged],
  'session.changed': [() => void refetchMe()],
  'session.ended': [],
  error: [complained],
  hello: [greeted],
  resync: [...inboxEvents.resync, rereadDirectory],
}

const dispatcher = new Dispatcher(handlers)

const socket = new RealtimeSocket({
  url: socketUrl,
  token: accessToken,
  refresh: () => refreshSession(accessToken()),
  onPush: (push) => dispatcher.push(push),
  onState: setSocketState,
  onEnded: endSession,
})

installSocket(socket)
followCounts()
useSessionStore.subscribe(({ access }, before) => {
  if (access && before.access && access !== before.access) socket.renew(access)
})
if (typeof window !== 'undefined') {
  window.addEventListener('online', () => socket.nudge())
  document.addEventListener('visibilitychange', () => document.hidden || socket.nudge())
}

let stopWatching: (() => void) | undefined

export function startRealtime(): void {
  socket.start()
  stopWatching ??= watchForSilence({
    presence: () => useConnection.getState().presence[currentMe()?.user.id ?? 0],
    say: (presence) => socket.send({ type: 'presence', presence }),
  })
}

export function stopRealtime(): void {
  stopWatching?.()
  stopWatching = undefined
  socket.stop()
  dispatcher.clear()
}

/** In development the sockets process has a port of its own; in production the proxy knows the path. */
function socketUrl(): string {
  const { port, path } = currentMe()?.socket ?? { port: 0, path: '/ws/' }
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  return `${scheme}://${port ? `${location.hostname}:${port}` : location.host}${path}`
}

function greeted(hellos: PushData<'hello'>[]): void {
  const hello = hellos.at(-1)
  if (!hello) return
  const { ownBuild } = useConnection.getState()
  useConnection.setState({
    ownBuild: ownBuild ?? hello.build,
    hasUpdate: ownBuild !== null && ownBuild !== hello.build,
    presence: hello.presence,
  })
  // What was read before the server listened for us may lack what happened since.
  if (hello.replay === 'complete') return
  for (const handle of handlers.resync) handle([{}])
}

/** The server did not understand us; that is a mistake of this build and worth a trace. */
function complained(errors: PushData<'error'>[]): void {
  for (const { code, detail } of errors) reportError(new Error(`socket: ${code}: ${detail}`))
}

/** For short lists that change rarely: who shows one reads it again. The key is the list's address in the API. */
function readAgain(...list: string[]): () => void {
  return () => void queryClient.invalidateQueries({ queryKey: list })
}

function presenceChanged(changes: PushData<'presence.changed'>[]): void {
  useConnection.setState(({ presence }) => ({
    presence: { ...presence, ...Object.fromEntries(changes.map(({ user, presence: now }) => [user, now])) },
  }))
}

function rereadDirectory(): void {
  for (const { queryKey } of [queuesQuery, tagsQuery, fieldsQuery, usersQuery, connectionsQuery])
    void queryClient.invalidateQueries({ queryKey })
  contactsCreated()
  refreshCounts()
  void refetchMe()
}

/** Rights, queues or the company changed: what one may see follows at once. */
async function refetchMe(): Promise<void> {
  setMe(await call(api.GET('/api/auth/me/')))
}
