/** The outbox on disk: what was written survives a closed tab. Without IndexedDB it lives as long as the tab. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { OutboxEntry } from './machine'

interface Schema extends DBSchema {
  entries: { key: string; value: OutboxEntry; indexes: { viewer: string } }
}

let database: Promise<IDBPDatabase<Schema> | null> | null = null

function open(): Promise<IDBPDatabase<Schema> | null> {
  // Private windows of some browsers refuse; sending must work all the same.
  database ??= openDB<Schema>('helpdesk-outbox', 1, {
    upgrade(db) {
      db.createObjectStore('entries', { keyPath: 'client_id' }).createIndex('viewer', 'viewer')
    },
  }).catch(() => null)
  return database
}

export async function loadEntries(viewer: string): Promise<OutboxEntry[] | null> {
  const db = await open()
  return db ? db.getAllFromIndex('entries', 'viewer', viewer) : null
}

export async function saveEntry(entry: OutboxEntry): Promise<void> {
  await (await open())?.put('entries', entry)
}

export async function deleteEntry(clientId: string): Promise<void> {
  await (await open())?.delete('entries', clientId)
}
