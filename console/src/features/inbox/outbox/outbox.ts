/**
 * Messages that the server has not confirmed yet: kept on disk, sent in order per ticket by one of the tabs.
 *
 * `client_id` is made here and is unique on the server, so sending again after a lost answer never sends twice.
 */
import { create } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { queryClient } from '@/shared/api/queryClient'
import type { Message } from '@/shared/api/types'
import { currentMe } from '@/shared/session/store'
import { viewerOf, whenViewerChanges } from '../data/session'
import { type Thread, threadKey } from '../data/threads'
import { forgetPreview } from './bubble'
import { inOrder, type OutboxChange, type OutboxEntry, type OutgoingFile, step } from './machine'
import { deleteEntry, loadEntries, saveEntry } from './storage'

interface OutboxState {
  entries: Readonly<Record<string, OutboxEntry>>
  /** Share of the file that is on the server, by client_id. */
  progress: Readonly<Record<string, number>>
}

export interface Draft {
  kind: OutboxEntry['kind']
  body?: string
  reply_to?: number | null
  voice?: boolean
  template?: OutboxEntry['template']
  content?: OutboxEntry['content']
  park?: OutboxEntry['park']
  file?: OutgoingFile
  mentions?: readonly number[]
}

export const useOutbox = create<OutboxState>(() => ({ entries: {}, progress: {} }))

type Listener = () => void
let onWork: Listener = () => {}
let onRemoved: (clientId: string) => void = () => {}

/** The sender plugs itself in here; it alone talks to the server. */
export function connectSender(sender: { work: Listener; removed: (clientId: string) => void }): void {
  onWork = sender.work
  onRemoved = sender.removed
}

/** Written here but not yet on disk, and taken away here: a list read from disk in that moment is behind. */
const unsaved = new Map<string, number>()
const gone = new Set<string>()

const others = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('helpdesk-outbox')
others?.addEventListener('message', () => void reload())

whenViewerChanges(() => {
  useOutbox.setState({ entries: {}, progress: {} })
  void reload(true)
})

export function useUnsent(ticket: number): OutboxEntry[] {
  return useOutbox(
    useShallow(({ entries }) => inOrder(Object.values(entries).filter((entry) => entry.ticket === ticket))),
  )
}

/** Puts messages at the end of the line and returns at once; the bubbles are there before the network is asked. */
export function enqueue(ticket: number, drafts: readonly Draft[]): void {
  const viewer = viewerOf(currentMe())
  if (!viewer) return
  const now = Date.now()
  const seen = newestIn(ticket)
  drafts.forEach((draft, index) => {
    keep({
      client_id: crypto.randomUUID(),
      viewer,
      ticket,
      kind: draft.kind,
      body: draft.body ?? '',
      reply_to: draft.reply_to ?? null,
      voice: draft.voice ?? false,
      template: draft.template ?? null,
      ...(draft.content && { content: draft.content }),
      ...(draft.park && { park: draft.park }),
      file: draft.file ?? null,
      mentions: draft.mentions ?? [],
      seen,
      anyway: false,
      upload: draft.file?.upload ?? null,
      // Entries of one press keep their order.
      created_at: now + index,
      state: 'waiting',
      error: null,
      attempts: 0,
      retry_at: 0,
    })
  })
  onWork()
}

/** The newest message on the screen: what a colleague answers after it is shown before ours leaves. */
function newestIn(ticket: number): number | null {
  const messages = queryClient.getQueryData<Thread>(threadKey(ticket))?.messages ?? []
  return messages.length > 0 ? Math.max(...messages.map(({ id }) => id)) : null
}

export function changeEntry(clientId: string, change: OutboxChange): OutboxEntry | null {
  const entry = useOutbox.getState().entries[clientId]
  if (!entry) return null
  const next = step(entry, change)
  keep(next)
  return next
}

/** `anyway`: although a colleague is answering. */
export function retryEntry(clientId: string, anyway = false): void {
  changeEntry(clientId, { type: 'retried', anyway })
  onWork()
}

/** Taken back before it left, or given up after it failed. */
export function removeEntry(clientId: string): void {
  if (!useOutbox.getState().entries[clientId]) return
  forget([clientId])
  onRemoved(clientId)
  void deleteEntry(clientId).then(tellOthers)
}

/** The server has them: by its answer or by an event, whichever came first. */
export function settleSent(messages: readonly Message[]): void {
  const { entries } = useOutbox.getState()
  const sent = messages
    .map(({ client_id }) => client_id)
    .filter((id): id is string => id !== null && entries[id] !== undefined)
  if (sent.length === 0) return
  forget(sent)
  void Promise.all(sent.map(deleteEntry)).then(tellOthers)
  onWork()
}

export function setProgress(clientId: string, share: number): void {
  useOutbox.setState(({ progress }) => ({ progress: { ...progress, [clientId]: share } }))
}

function keep(entry: OutboxEntry): void {
  useOutbox.setState(({ entries }) => ({ entries: { ...entries, [entry.client_id]: entry } }))
  const id = entry.client_id
  unsaved.set(id, (unsaved.get(id) ?? 0) + 1)
  void saveEntry(entry).finally(() => {
    const left = (unsaved.get(id) ?? 1) - 1
    if (left > 0) unsaved.set(id, left)
    else unsaved.delete(id)
    // It may have been sent and removed while the disk was busy.
    if (gone.has(id)) void deleteEntry(id)
    tellOthers()
  })
}

function forget(clientIds: readonly string[]): void {
  useOutbox.setState(({ entries, progress }) => ({
    entries: without(entries, clientIds),
    progress: without(progress, clientIds),
  }))
  for (const id of clientIds) {
    gone.add(id)
    forgetPreview(id)
  }
}

function without<T>(table: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(table).filter(([key]) => !keys.includes(key)))
}

/** Reads what is on disk: after start, when this tab begins to send, and when another tab changed it. */
export async function reload(isStart = false): Promise<void> {
  const viewer = viewerOf(currentMe())
  const stored = viewer ? await loadEntries(viewer) : null
  if (!stored || viewer !== viewerOf(currentMe())) return
  const now = Date.now()
  useOutbox.setState(({ entries }) => {
    const fromDisk = stored
      .filter(({ client_id }) => !gone.has(client_id))
      .map(
        (entry) =>
          entries[unsaved.has(entry.client_id) ? entry.client_id : ''] ??
          (isStart ? step(entry, { type: 'reloaded', now }) : entry),
      )
    const fresh = Object.values(entries).filter(({ client_id }) => unsaved.has(client_id))
    return { entries: Object.fromEntries([...fromDisk, ...fresh].map((entry) => [entry.client_id, entry])) }
  })
  onWork()
}

function tellOthers(): void {
  others?.postMessage('changed')
}
