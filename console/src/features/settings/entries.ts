/** The pages of the settings, as far as this person may open them. */

import type { Permission } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useSessionStore } from '@/shared/session/store'
import {
  type Icon,
  IconBell,
  IconBolt,
  IconCalendarClock,
  IconClock,
  IconCoins,
  IconCompany,
  IconConnection,
  IconCopilot,
  IconDistribute,
  IconExam,
  IconFileText,
  IconHeadphones,
  IconHistory,
  IconKey,
  IconLedger,
  IconLock,
  IconMacro,
  IconMessages,
  IconProfile,
  IconQueue,
  IconRobot,
  IconRules,
  IconSecurity,
  IconStar,
  IconTag,
  IconTeam,
  IconTemplate,
} from '@/shared/ui/icons'

export interface SettingsEntry {
  to:
    | '/settings/profile'
    | '/settings/notifications'
    | '/settings/security'
    | '/settings/company'
    | '/settings/rules'
    | '/settings/labels'
    | '/settings/assistants'
    | '/settings/hours'
    | '/settings/menus'
    | '/settings/messages'
    | '/settings/privacy'
    | '/settings/quick-replies'
    | '/settings/templates'
    | '/settings/macros'
    | '/settings/distribution'
    | '/settings/sla'
    | '/settings/schedules'
    | '/settings/ratings'
    | '/settings/exams'
    | '/settings/api-keys'
    | '/settings/audit'
    | '/settings/costs'
    | '/settings/ai'
    | '/settings/ai-usage'
    | '/settings/ledger'
    | '/settings/bots'
    | '/settings/talks'
    | '/settings/recordings'
    | '/knowledge'
    | '/team'
    | '/queues'
    | '/connections'
  label: string
  icon: Icon
  permission?: Permission
  /** On wide screens the rail leads there. */
  isPhoneOnly?: boolean
}

interface SettingsGroup {
  title: string
  entries: SettingsEntry[]
}

export function useSettingsGroups(): SettingsGroup[] {
  const { t } = useTranslation('settings')
  const permissions = useSessionStore((state) => state.me?.permissions)
  const isOpen = ({ permission }: SettingsEntry) => !permission || permissions?.includes(permission)
  const mine: SettingsEntry[] = [
    { to: '/settings/profile', label: t('nav.profile'), icon: IconProfile },
    { to: '/settings/notifications', label: t('nav.notifications'), icon: IconBell },
    { to: '/settings/security', label: t('nav.security'), icon: IconSecurity },
  ]
  const ours: SettingsEntry[] = [
    { to: '/settings/company', label: t('nav.company'), icon: IconCompany, permission: 'company.read' },
    { to: '/settings/labels', label: t('nav.labels'), icon: IconTag, permission: 'tickets.read' },
    { to: '/settings/rules', label: t('nav.rules'), icon: IconRules, permission: 'company.read' },
    { to: '/team', label: t('nav.team'), icon: IconTeam, permission: 'users.read', isPhoneOnly: true },
    { to: '/queues', label: t('nav.queues'), icon: IconQueue, permission: 'queues.read', isPhoneOnly: true },
    {
      to: '/connections',
      label: t('nav.connections'),
      icon: IconConnection,
      permission: 'connections.read',
      isPhoneOnly: true,
    },
    { to: '/settings/hours', label: t('nav.hours'), icon: IconCalendarClock, permission: 'company.read' },
    { to: '/settings/menus', label: t('nav.menus'), icon: IconRobot, permission: 'company.read' },
    { to: '/settings/messages', label: t('nav.messages'), icon: IconMessages, permission: 'company.read' },
    { to: '/settings/privacy', label: t('nav.privacy'), icon: IconLock, permission: 'company.read' },
    {
      to: '/settings/distribution',
      label: t('nav.distribution'),
      icon: IconDistribute,
      permission: 'company.read',
    },
    { to: '/settings/sla', label: t('nav.sla'), icon: IconClock, permission: 'company.read' },
    { to: '/settings/api-keys', label: t('nav.apiKeys'), icon: IconKey, permission: 'api_keys.write' },
    { to: '/settings/costs', label: t('nav.costs'), icon: IconCoins, permission: 'costs.read' },
    { to: '/settings/audit', label: t('nav.audit'), icon: IconHistory, permission: 'audit.read' },
    { to: '/settings/ledger', label: t('nav.ledger'), icon: IconLedger, permission: 'ledger.see' },
  ]
  const answers: SettingsEntry[] = [
    {
      to: '/settings/quick-replies',
      label: t('nav.quickReplies'),
      icon: IconBolt,
      permission: 'tickets.read',
    },
    { to: '/settings/templates', label: t('nav.templates'), icon: IconTemplate, permission: 'tickets.read' },
    { to: '/knowledge', label: t('nav.knowledge'), icon: IconFileText, permission: 'knowledge.read' },
    { to: '/settings/macros', label: t('nav.macros'), icon: IconMacro, permission: 'tickets.read' },
    {
      to: '/settings/schedules',
      label: t('nav.schedules'),
      icon: IconCalendarClock,
      permission: 'tickets.read',
    },
    { to: '/settings/ratings', label: t('nav.ratings'), icon: IconStar, permission: 'tickets.read' },
  ]
  const ai: SettingsEntry[] = [
    { to: '/settings/assistants', label: t('nav.assistants'), icon: IconRobot, permission: 'ai.read' },
    { to: '/settings/bots', label: t('nav.bots'), icon: IconRobot, permission: 'ai.read' },
    { to: '/settings/talks', label: t('nav.talks'), icon: IconMessages, permission: 'ai.use' },
    { to: '/settings/recordings', label: t('nav.recordings'), icon: IconHeadphones, permission: 'ai.use' },
    { to: '/settings/exams', label: t('nav.exams'), icon: IconExam, permission: 'ai.read' },
    { to: '/settings/ai', label: t('nav.aiProviders'), icon: IconCopilot, permission: 'ai.read' },
    { to: '/settings/ai-usage', label: t('nav.aiUsage'), icon: IconCoins, permission: 'ai.read' },
  ]
  const groups = [
    { title: t('nav.mine'), entries: mine },
    { title: t('nav.answers'), entries: answers.filter(isOpen) },
    { title: t('nav.ai'), entries: ai.filter(isOpen) },
    { title: t('nav.ours'), entries: ours.filter(isOpen) },
  ]
  return groups.filter(({ entries }) => entries.length > 0)
}
