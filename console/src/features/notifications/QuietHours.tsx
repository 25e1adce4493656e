/** When neither sound nor push nor e-mail may reach me. The notification centre keeps everything. */
import { Chip, Group, Switch, TextInput } from '@mantine/core'
import type { NotificationSettings, NotificationSettingsChanges } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useMe } from '@/shared/session/store'
import { Section } from '@/shared/ui/Section'
import classes from './notifications.module.css'

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

interface QuietHoursProps {
  settings: NotificationSettings
  onChange: (changes: NotificationSettingsChanges) => void
}

export function QuietHours({ settings, onChange }: QuietHoursProps) {
  const { t } = useTranslation('notifications')
  const { company } = useMe()
  const { quiet_from, quiet_until, quiet_days } = settings
  const isOn = quiet_from !== null && quiet_until !== null
  return (
    <Section title={t('quiet')} description={t('quietText', { zone: company?.timezone ?? '' })}>
      <div className={classes.stack}>
        <Switch
          label={t('quietLabel')}
          checked={isOn}
          onChange={(event) =>
            onChange(
              event.currentTarget.checked
                ? { quiet_from: '20:00', quiet_until: '08:00' }
                : { quiet_from: null, quiet_until: null },
            )
          }
        />
        {isOn && (
          <Group gap="sm">
            <TextInput
              type="time"
              label={t('from')}
              defaultValue={quiet_from.slice(0, 5)}
              onBlur={(event) => onChange({ quiet_from: event.currentTarget.value || quiet_from })}
            />
            <TextInput
              type="time"
              label={t('until')}
              defaultValue={quiet_until.slice(0, 5)}
              onBlur={(event) => onChange({ quiet_until: event.currentTarget.value || quiet_until })}
            />
          </Group>
        )}
        <div>
          <p className={classes.label}>{t('quietDays')}</p>
          <Chip.Group
            multiple
            value={quiet_days}
            onChange={(days) => onChange({ quiet_days: days as (typeof DAYS)[number][] })}
          >
            <Group gap={6}>
              {DAYS.map((day) => (
                <Chip key={day} value={day} size="xs">
                  {t(`days.${day}`)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </div>
      </div>
    </Section>
  )
}
