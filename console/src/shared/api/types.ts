/** Short names for what the API speaks; everything comes from the generated schema. */
import type { components } from './schema'

type Schemas = components['schemas']

export type Me = Schemas['Me']
export type Session = Schemas['Session']
export type LoginSession = Schemas['LoginSession']
export type Options = Schemas['Options']
export type Role = Schemas['Role']
export type Presence = Schemas['Presence']
export type Permission = Schemas['Permission']
export type Language = Schemas['Language']
export type Theme = Schemas['Theme']

export type Company = Schemas['Company']
export type SettingSchema = Schemas['SettingSchema']
export type AuditEntry = Schemas['AuditEntry']
export type User = Schemas['User']
export type ApiKey = Schemas['ApiKey']
export type CreatedApiKey = Schemas['CreatedApiKey']

export type Queue = Schemas['Queue']
export type Connection = Schemas['Connection']
export type ConnectionCheck = Schemas['ConnectionCheck']
export type Contact = Schemas['Contact']
export type Ticket = Schemas['Ticket']
export type TicketCounts = Schemas['TicketCounts']
export type TicketHistory = Schemas['TicketHistory']
export type Message = Schemas['Message']
export type MessageKind = Schemas['MessageKind']
export type MessageState = Schemas['MessageState']
export type Attachment = Schemas['Attachment']
export type Reaction = Schemas['Reaction']
export type SendRequest = Schemas['SendRequest']

/** Every event the server publishes, told apart by `type`; `data` is exactly the REST row. */
export type ConsoleEvent = Schemas['ConsoleEvent']
export type EventType = ConsoleEvent['type']
export type EventRow<T extends EventType> = Extract<ConsoleEvent, { type: T }>['data']

/** What every list endpoint answers. */
export interface Page<Row> {
  next?: string | null
  previous?: string | null
  results: Row[]
}
