/** The outbox on disk: what was written survives a closed tab. Without IndexedDB it lives as long as the tab. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { OutboxEntry } from './machine'

interface Schema extends DBSchema {
  entries: { key: string; value: OutboxEntry; indexes: { viewer: string } }
}

let database: Promise<IDBPDatabase<Schema> | null> | null = null

function open(): Promise<IDBPDatabase<Schema> | null> {
  database ??= connect().catch(() => null)
  return database
}

/** Private windows of some browsers refuse; sending must work all the same. */
async function connect(): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>('helpdesk-outbox', 1, {
    upgrade(db) {
      db.createObjectStore('entries', { keyPath: 'client_id' }).createIndex('viewer', 'viewer')
    },
  })
}

/** null when there is no disk to read from. */
export async function loadEntries(viewer: string): Promise<OutboxEntry[] | null> {
  const db = await open()
  return db ? db.getAllFromIndex('entries', 'viewer', viewer).catch(() => null) : null
}

/** A full disk costs the survival of a reload, not the message. */
export async function saveEntry(entry: OutboxEntry): Promise<void> {
  const db = await open()
  await db?.put('entries', entry).catch(() => undefined)
}

export async function deleteEntry(clientId: string): Promise<void> {
  const db = await open()
  await db?.delete('entries', clientId).catch(() => undefined)
}
