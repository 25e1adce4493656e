/** The places of the console in order, as far as this person may go there. */

import { useIsNewCompany } from '@/features/onboarding/steps'
import type { ShortcutId } from '@/shared/actions/shortcuts'
import type { Permission } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useSessionStore } from '@/shared/session/store'
import {
  type Icon,
  IconConnection,
  IconInbox,
  IconQueue,
  IconRocket,
  IconSettings,
  IconTeam,
  IconUsers,
} from '@/shared/ui/icons'

export interface Place {
  to: '/welcome' | '/inbox' | '/contacts' | '/team' | '/queues' | '/connections' | '/settings'
  label: string
  icon: Icon
  shortcut?: ShortcutId
  permission?: Permission
  /** On phones it is reached through Settings. */
  isWideOnly?: boolean
}

export function usePlaces(): Place[] {
  const { t } = useTranslation('app')
  const isNew = useIsNewCompany()
  const permissions = useSessionStore((state) => state.me?.permissions)
  const places: Place[] = [
    {
      to: '/inbox',
      label: t('places.inbox'),
      icon: IconInbox,
      shortcut: 'goInbox',
      permission: 'tickets.read',
    },
    {
      to: '/contacts',
      label: t('places.contacts'),
      icon: IconUsers,
      shortcut: 'goContacts',
      permission: 'contacts.read',
    },
    {
      to: '/team',
      label: t('places.team'),
      icon: IconTeam,
      shortcut: 'goTeam',
      permission: 'users.read',
      isWideOnly: true,
    },
    {
      to: '/queues',
      label: t('places.queues'),
      icon: IconQueue,
      shortcut: 'goQueues',
      permission: 'queues.read',
      isWideOnly: true,
    },
    {
      to: '/connections',
      label: t('places.connections'),
      icon: IconConnection,
      shortcut: 'goConnections',
      permission: 'connections.read',
      isWideOnly: true,
    },
    // Shown until the company is set up.
    ...(isNew ? [{ to: '/welcome', label: t('places.welcome'), icon: IconRocket } as const] : []),
    { to: '/settings', label: t('places.settings'), icon: IconSettings, shortcut: 'goSettings' },
  ]
  return places.filter(({ permission }) => !permission || permissions?.includes(permission))
}
