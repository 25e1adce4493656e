/** Notifications of the browser: while the console is in another tab, and while it is closed. */
import { Alert, Button, Switch } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { queryClient } from '@/shared/api/queryClient'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { useChangeMe } from '@/shared/session/queries'
import { useMe } from '@/shared/session/store'
import { IconInfo } from '@/shared/ui/icons'
import { Section } from '@/shared/ui/Section'
import { toast } from '@/shared/ui/toast'
import classes from './notifications.module.css'
import { askPermission } from './notify'
import { pushState, switchPushOff, switchPushOn, testPush } from './push'

const PUSH_KEY = ['push-state']

export function PushSection() {
  const { t } = useTranslation('notifications')
  const { user } = useMe()
  const changeMe = useChangeMe()
  const errorText = useErrorText()
  const push = useQuery({ queryKey: PUSH_KEY, queryFn: pushState, staleTime: 0 })
  const state = push.data ?? 'off'
  const toggle = useMutation({
    mutationFn: async (isOn: boolean) => void (await (isOn ? switchPushOn() : switchPushOff())),
    onError: (error) =>
      void toast({
        message: Notification.permission === 'denied' ? t('permission.denied') : errorText(error),
        tone: 'danger',
      }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: PUSH_KEY }),
  })
  const test = useMutation({
    mutationFn: testPush,
    onSuccess: (ok) =>
      void toast({ message: t(ok ? 'testSent' : 'testFailed'), tone: ok ? undefined : 'danger' }),
    onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
  })
  return (
    <Section title={t('browser')}>
      <div className={classes.stack}>
        <Switch
          label={t('browserLabel')}
          description={t('browserHint')}
          checked={user.notify_browser}
          onChange={async (event) => {
            const isOn = event.currentTarget.checked
            if (isOn) await askPermission()
            changeMe.mutate({ notify_browser: isOn })
          }}
        />
        <div className={classes.choice}>
          <Switch
            label={t('pushLabel')}
            description={t('pushHint')}
            disabled={push.isPending || toggle.isPending || (state !== 'on' && state !== 'off')}
            checked={state === 'on'}
            onChange={(event) => toggle.mutate(event.currentTarget.checked)}
          />
          {state === 'on' && (
            <Button variant="default" size="xs" loading={test.isPending} onClick={() => test.mutate()}>
              {t('test')}
            </Button>
          )}
        </div>
        {(state === 'denied' || state === 'unsupported' || state === 'unavailable') && (
          <Alert color="gray" icon={<IconInfo size={18} />}>
            {t(`permission.${state}`)}
          </Alert>
        )}
      </div>
    </Section>
  )
}
