/** How I want to hear of new messages. */
import { Alert, Button, Switch } from '@mantine/core'
import { useState } from 'react'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { type MeChanges, useChangeMe } from '@/shared/session/queries'
import { useMe } from '@/shared/session/store'
import { IconInfo } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Section } from '@/shared/ui/Section'
import { toast } from '@/shared/ui/toast'
import classes from './notifications.module.css'
import { askPermission, notifyPermission } from './notify'
import { playSound } from './sound'

export function NotificationsPage() {
  const { t } = useTranslation('notifications')
  const { user } = useMe()
  const change = useChangeMe()
  const errorText = useErrorText()
  const [permission, setPermission] = useState(notifyPermission)
  function save(changes: MeChanges): void {
    change.mutate(changes, { onError: (error) => void toast({ message: errorText(error), tone: 'danger' }) })
  }
  async function toggleBrowser(isOn: boolean): Promise<void> {
    if (isOn) setPermission(await askPermission())
    save({ notify_browser: isOn })
  }
  return (
    <Page title={t('title')} description={t('text')} width="narrow">
      <Section title={t('sound')}>
        <div className={classes.choice}>
          <Switch
            label={t('soundLabel')}
            description={t('soundHint')}
            checked={user.notify_sound}
            onChange={(event) => save({ notify_sound: event.currentTarget.checked })}
          />
          <Button variant="default" size="xs" onClick={() => void playSound()}>
            {t('soundTest')}
          </Button>
        </div>
      </Section>
      <Section title={t('browser')}>
        <Switch
          label={t('browserLabel')}
          description={t('browserHint')}
          disabled={permission === 'unsupported'}
          checked={user.notify_browser}
          onChange={(event) => void toggleBrowser(event.currentTarget.checked)}
        />
        {user.notify_browser && permission !== 'granted' && (
          <Alert mt="md" color="gray" icon={<IconInfo size={18} />}>
            {t(`permission.${permission}`)}
            {permission === 'default' && (
              <div>
                <Button mt="xs" size="xs" onClick={() => void toggleBrowser(true)}>
                  {t('allow')}
                </Button>
              </div>
            )}
          </Alert>
        )}
      </Section>
    </Page>
  )
}
