/** Short names for what the API speaks; everything comes from the generated schema. */
import type { components } from './schema'

type Schemas = components['schemas']

export type Me = Schemas['Me']
export type Session = Schemas['Session']
export type LoginSession = Schemas['LoginSession']
export type Options = Schemas['Options']
export type Role = User['role']
export type Presence = User['presence']
export type Permission = Me['permissions'][number]
export type Language = Me['user']['language']
export type Theme = Me['user']['theme']

export type Company = Schemas['Company']
export type SettingSchema = Schemas['SettingSchema']
export type AuditEntry = Schemas['AuditEntry']
export type User = Schemas['User']
export type ApiKey = Schemas['ApiKey']
export type CreatedApiKey = Schemas['CreatedApiKey']

export type ProbeFindings = Schemas['Findings']
export type ProbeLine = Schemas['Line']
export type CloudStep = Schemas['Step']
export type SignupInvitation = Schemas['Invitation']
export type Arrival = Schemas['Arrival']
export type MetaApp = Schemas['App']
export type PhoneSync = Schemas['PhoneSync']

export type Queue = Schemas['Queue']
export type Hours = Schemas['Hours']
export type Menu = Schemas['Menu']
export type MenuOption = Schemas['MenuOption']
export type KeptFile = Schemas['KeptFile']
export type Tag = Schemas['Tag']
export type CustomField = Schemas['Field']
export type Draft = Schemas['Draft']
export type QuickReply = Schemas['QuickReply']
export type Rendered = Schemas['Rendered']
export type Macro = Schemas['Macro']
export type MacroReport = Schemas['StepReport']
export type MacroDone = Schemas['MacroDone']
export type ScheduledMessage = Schemas['ScheduledMessage']
export type ScheduledSend = Schemas['ScheduledSend']
export type ScheduleRequest = Schemas['ScheduleFormRequest']
export type LedgerAttempt = Schemas['LedgerAttempt']
export type LedgerEvent = Schemas['LedgerEvent']
export type LedgerPayload = Schemas['LedgerPayload']
export type Rating = Schemas['Rating']
export type RatingSummary = Schemas['RatingSummary']
export type Notice = Schemas['Notification']
export type NotificationSettings = Schemas['NotificationSettings']
export type NotificationSettingsChanges = Schemas['PatchedSettingsFormRequest']
export type Connection = Schemas['Connection']
/** How long and how many, by kind of message and part. */
export type Limits = Schemas['Kinds']['limits']
export type Device = Schemas['Device']
export type ConnectionCheck = Schemas['Health']
export type Contact = Schemas['Contact']
export type ContactNote = Schemas['ContactNote']
export type ContactMerge = Schemas['ContactMerge']
export type ContactJob = Schemas['ContactJob']
export type ContactImport = Schemas['ContactImport']
export type ImportPreview = Schemas['ImportPreview']
export type Duplicate = Schemas['Duplicate']
export type Evidence = Schemas['Evidence']
export type Segment = Schemas['Segment']
export type TimelineEntry = Schemas['TimelineEntry']
export type Ticket = Schemas['Ticket']
export type Priority = Ticket['priority']
export type SlaPolicy = Schemas['SlaPolicy']
export type Workload = Schemas['Workload']
export type SavedView = Schemas['SavedView']
export type FilterSchema = Schemas['FilterSchema']
export type BulkJob = Schemas['BulkJob']
export type BulkAction = Schemas['BulkAction']
export type Hit = Schemas['Hit']
export type TicketCounts = Schemas['TicketCounts']
export type TicketHistory = Schemas['PaginatedHistoryList']['results'][number]
export type Message = Schemas['Message']
export type MessageKind = Schemas['MessageKind']
export type MessageState = Schemas['MessageState']
export type Attachment = Schemas['Attachment']
export type Reaction = Schemas['Reaction']
export type SendRequest = Schemas['MessageInputRequest']

/** Everything the socket may say, told apart by `type`. */
export type ConsoleEvent = Schemas['ConsoleEvent']

/** The events about rows; `data` is exactly what REST would answer. */
export type RowEvent = Extract<ConsoleEvent, { data: { id: number; version: number } }>

/** What every list endpoint answers. */
export interface Page<Row> {
  next?: string | null
  previous?: string | null
  results: Row[]
}
