/** How I want to hear of what concerns me: by event and channel, with a sound of my choice, and when not at all. */
import { Button, Select, Slider, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { NotificationSettingsChanges } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { type MeChanges, useChangeMe } from '@/shared/session/queries'
import { useMe } from '@/shared/session/store'
import { Page } from '@/shared/ui/Page'
import { Section } from '@/shared/ui/Section'
import { Failed, Loading } from '@/shared/ui/states'
import { toast } from '@/shared/ui/toast'
import { Matrix } from './Matrix'
import classes from './notifications.module.css'
import { PushSection } from './PushSection'
import { QuietHours } from './QuietHours'
import { noticeSettingsQuery, useChangeNoticeSettings } from './queries'
import { play, SOUND_NAMES, type SoundName } from './sound'

export function NotificationsPage() {
  const { t } = useTranslation('notifications')
  const { user } = useMe()
  const changeMe = useChangeMe()
  const settings = useQuery(noticeSettingsQuery)
  const change = useChangeNoticeSettings()
  const errorText = useErrorText()
  const onError = (error: unknown) => void toast({ message: errorText(error), tone: 'danger' })
  const save = (changes: NotificationSettingsChanges) => change.mutate(changes, { onError })
  const saveMe = (changes: MeChanges) => changeMe.mutate(changes, { onError })
  if (settings.isPending) return <Loading />
  if (settings.isError) return <Failed error={settings.error} onRetry={() => void settings.refetch()} />
  const { sound, volume } = settings.data
  return (
    <Page title={t('title')} description={t('text')} width="narrow">
      <Section title={t('matrix')} description={t('matrixText')}>
        <Matrix matrix={settings.data.matrix} onChange={(matrix) => save({ matrix })} />
      </Section>
      <Section title={t('sound')}>
        <Switch
          label={t('soundLabel')}
          description={t('soundHint')}
          checked={user.notify_sound}
          onChange={(event) => saveMe({ notify_sound: event.currentTarget.checked })}
        />
        {user.notify_sound && (
          <div className={classes.sound}>
            <Select
              label={t('soundChoice')}
              allowDeselect={false}
              data={SOUND_NAMES.map((value) => ({ value, label: t(`sounds.${value}`) }))}
              value={sound}
              onChange={(name) => {
                if (!name) return
                save({ sound: name as SoundName })
                void play(name as SoundName, volume)
              }}
            />
            <div className={classes.volume}>
              <span id="volume">{t('volume')}</span>
              <Slider
                aria-labelledby="volume"
                thumbLabel={t('volume')}
                label={(value) => `${value} %`}
                step={10}
                defaultValue={volume}
                onChangeEnd={(value) => {
                  save({ volume: value })
                  void play(sound, value)
                }}
              />
            </div>
            <Button variant="default" onClick={() => void play(sound, volume)}>
              {t('soundTest')}
            </Button>
          </div>
        )}
      </Section>
      <PushSection />
      <QuietHours settings={settings.data} onChange={save} />
      <Section title={t('digest')} description={t('digestText')}>
        <Select
          aria-label={t('digest')}
          allowDeselect={false}
          w={260}
          data={(['off', 'hourly', 'daily'] as const).map((value) => ({
            value,
            label: t(`digests.${value}`),
          }))}
          value={settings.data.digest}
          onChange={(digest) => digest && save({ digest: digest as 'off' | 'hourly' | 'daily' })}
        />
      </Section>
    </Page>
  )
}
