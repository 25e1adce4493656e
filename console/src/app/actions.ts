/** The actions that are there on every screen: going places, theme, help, signing out. */
import { useMantineColorScheme } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type Action, useActions } from '@/shared/actions/registry'
import { useTranslation } from '@/shared/i18n/translate'
import { openSearch } from '@/shared/search/overlay'
import { IconHelp, IconLogout, IconMoon, IconProfile, IconSearch } from '@/shared/ui/icons'
import { type Place, usePlaces } from './places'
import { signOut } from './session'

interface AppActionsOptions {
  openHelp: () => void
  openPalette: () => void
}

export function useAppActions({ openHelp, openPalette }: AppActionsOptions): void {
  const { t } = useTranslation('app')
  const navigate = useNavigate()
  const { toggleColorScheme } = useMantineColorScheme()
  const go = usePlaces().map(
    (place): Action => toAction(place, t('palette.go'), () => void navigate({ to: place.to })),
  )
  useActions([
    ...go,
    {
      id: 'profile',
      label: t('me.profile'),
      group: t('palette.general'),
      icon: IconProfile,
      perform: () => void navigate({ to: '/settings/profile' }),
    },
    {
      id: 'signOut',
      label: t('me.signOut'),
      group: t('palette.general'),
      icon: IconLogout,
      perform: () => void signOut(),
    },
    {
      id: 'palette',
      label: t('palette.open'),
      group: t('palette.general'),
      shortcut: 'palette',
      isHidden: true,
      perform: openPalette,
    },
    {
      id: 'search',
      label: t('palette.search'),
      group: t('palette.general'),
      icon: IconSearch,
      shortcut: 'search',
      perform: () => openSearch(),
    },
    {
      id: 'help',
      label: t('help'),
      group: t('palette.general'),
      icon: IconHelp,
      shortcut: 'help',
      perform: openHelp,
    },
    {
      id: 'theme',
      label: t('palette.theme'),
      group: t('palette.general'),
      icon: IconMoon,
      shortcut: 'theme',
      perform: toggleColorScheme,
    },
  ])
}

function toAction(place: Place, group: string, perform: () => void): Action {
  return {
    id: `go.${place.to}`,
    label: place.label,
    group,
    icon: place.icon,
    shortcut: place.shortcut,
    perform,
  }
}
