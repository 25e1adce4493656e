/** What other features add to an open conversation; each is fetched when it is first shown. */
import { lazy } from 'react'
import type { InboxParts } from '@/features/inbox/parts'

export const inboxParts: Partial<InboxParts> = {
  SlashMenu: lazy(() =>
    import('@/features/quickReplies/SlashMenu').then((module) => ({ default: module.SlashMenu })),
  ),
  Macro: lazy(() =>
    import('@/features/macros/MacroDialog').then((module) => ({ default: module.MacroDialog })),
  ),
  MacroActions: lazy(() =>
    import('@/features/macros/MacroActions').then((module) => ({ default: module.MacroActions })),
  ),
  Later: lazy(() =>
    import('@/features/schedules/LaterDialog').then((module) => ({ default: module.LaterDialog })),
  ),
  Builder: lazy(() =>
    import('@/features/interactive/BuilderDialog').then((module) => ({ default: module.BuilderDialog })),
  ),
  Promised: lazy(() =>
    import('@/features/schedules/Promised').then((module) => ({ default: module.Promised })),
  ),
  Copilot: lazy(() => import('@/features/copilot/Copilot').then((module) => ({ default: module.Copilot }))),
  TranslateTool: lazy(() =>
    import('@/features/copilot/Translated').then((module) => ({ default: module.TranslateTool })),
  ),
  Translated: lazy(() =>
    import('@/features/copilot/Translated').then((module) => ({ default: module.Translated })),
  ),
  Cost: lazy(() => import('@/features/costs/TicketCost').then((module) => ({ default: module.TicketCost }))),
  Estimate: lazy(() => import('@/features/costs/Estimate').then((module) => ({ default: module.Estimate }))),
  Transcript: lazy(() =>
    import('@/features/speech/Transcript').then((module) => ({ default: module.Transcript })),
  ),
  Score: lazy(() => import('@/features/ratings/Score').then((module) => ({ default: module.TicketScore }))),
}
