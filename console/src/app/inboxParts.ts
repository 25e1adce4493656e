/** What other features add to an open conversation; each is fetched when it is first shown. */
import type { InboxParts } from '@/features/inbox/parts'
import { later } from '@/shared/lib/later'

export const inboxParts: Partial<InboxParts> = {
  SlashMenu: later(() => import('@/features/quickReplies/SlashMenu'), 'SlashMenu'),
  Macro: later(() => import('@/features/macros/MacroDialog'), 'MacroDialog'),
  MacroActions: later(() => import('@/features/macros/MacroActions'), 'MacroActions'),
  Later: later(() => import('@/features/schedules/LaterDialog'), 'LaterDialog'),
  Builder: later(() => import('@/features/interactive/BuilderDialog'), 'BuilderDialog'),
  Promised: later(() => import('@/features/schedules/Promised'), 'Promised'),
  Copilot: later(() => import('@/features/copilot/Copilot'), 'Copilot'),
  TranslateTool: later(() => import('@/features/copilot/Translated'), 'TranslateTool'),
  Translated: later(() => import('@/features/copilot/Translated'), 'Translated'),
  Cost: later(() => import('@/features/costs/TicketCost'), 'TicketCost'),
  Estimate: later(() => import('@/features/costs/Estimate'), 'Estimate'),
  Transcript: later(() => import('@/features/speech/Transcript'), 'Transcript'),
  Score: later(() => import('@/features/ratings/Score'), 'TicketScore'),
}
