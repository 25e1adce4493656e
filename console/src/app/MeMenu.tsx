/** My face in the rail; behind it presence, company, profile and sign out. */
import { useTranslation } from '@/shared/i18n/translate'
import { later } from '@/shared/lib/later'
import { usePresence } from '@/shared/realtime/connection'
import { useMe } from '@/shared/session/store'
import { Avatar } from '@/shared/ui/Avatar'
import { LazyMenu } from '@/shared/ui/LazyMenu'

const MeItems = later(() => import('./MeItems'), 'MeItems')

export function MeMenu({ className }: { className?: string }) {
  const { t } = useTranslation('app')
  const me = useMe()
  const presence = usePresence(me.user.id) ?? 'online'
  return (
    <LazyMenu
      width={264}
      position="right-end"
      button={(onPress) => (
        <button
          type="button"
          className={className}
          aria-haspopup="menu"
          aria-label={t('me.open', { name: me.user.name })}
          onClick={onPress}
        >
          <Avatar name={me.user.name} size={30} presence={presence} />
        </button>
      )}
    >
      {() => <MeItems />}
    </LazyMenu>
  )
}
