/** What is in my menu: presence, company, profile, sign out. */
import { Menu } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { api, call } from '@/shared/api/client'
import type { Me } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { say, usePresence } from '@/shared/realtime/connection'
import { startSession } from '@/shared/session/refresh'
import { useMe } from '@/shared/session/store'
import { IconCheck, IconLogout, IconProfile } from '@/shared/ui/icons'
import classes from './MeMenu.module.css'
import { signOut } from './session'

const PRESENCES = ['online', 'busy', 'away'] as const

export function MeItems() {
  const { t } = useTranslation('app')
  const me = useMe()
  const presence = usePresence(me.user.id) ?? 'online'
  return (
    <>
      <div className={classes.me}>
        <strong className="hd-ellipsis">{me.user.name}</strong>
        <span className="hd-ellipsis hd-muted">{me.user.email}</span>
      </div>
      <Menu.Divider />
      <Menu.Label>{t('me.presence')}</Menu.Label>
      {PRESENCES.map((name) => (
        <Menu.Item
          key={name}
          leftSection={<span className={classes.dot} data-presence={name} />}
          rightSection={name === presence && <IconCheck size={16} aria-label={t('me.current')} />}
          onClick={() => say({ type: 'presence', presence: name })}
        >
          {t(`presence.${name}`)}
        </Menu.Item>
      ))}
      {me.memberships.length > 1 && <Companies me={me} />}
      <Menu.Divider />
      <Menu.Item component={Link} to="/settings/profile" leftSection={<IconProfile size={16} />}>
        {t('me.profile')}
      </Menu.Item>
      <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
        {t('me.signOut')}
      </Menu.Item>
    </>
  )
}

function Companies({ me }: { me: Me }) {
  const { t } = useTranslation('app')
  const navigate = useNavigate()
  async function choose(company: number): Promise<void> {
    const session = await call(api.POST('/api/auth/switch/', { body: { company } }))
    await navigate({ to: '/inbox', search: {} })
    startSession(session)
  }
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t('me.companies')}</Menu.Label>
      {me.memberships.map(({ company, role }) => (
        <Menu.Item
          key={company.id}
          disabled={company.id === me.company?.id}
          rightSection={company.id === me.company?.id && <IconCheck size={16} aria-label={t('me.current')} />}
          onClick={() => void choose(company.id)}
        >
          <span className={classes.company}>
            <span className="hd-ellipsis">{company.name}</span>
            <span className={classes.role}>{t(`roles.${role}`)}</span>
          </span>
        </Menu.Item>
      ))}
    </>
  )
}
