/** Events by channels. Each box says in words what it switches, for those who do not see the table. */
import { Checkbox } from '@mantine/core'
import type { NotificationSettings } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './notifications.module.css'

const CHANNELS = ['console', 'sound', 'push', 'email'] as const

interface MatrixProps {
  matrix: NotificationSettings['matrix']
  onChange: (change: Record<string, Record<string, boolean>>) => void
}

export function Matrix({ matrix, onChange }: MatrixProps) {
  const { t } = useTranslation('notifications')
  return (
    <div className={classes.scroll}>
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col">{t('event')}</th>
            {CHANNELS.map((channel) => (
              <th key={channel} scope="col">
                {t(`channels.${channel}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Object.entries(matrix).map(([kind, channels]) => (
            <tr key={kind}>
              <th scope="row">{t(`kinds.${kind}`)}</th>
              {CHANNELS.map((channel) => (
                <td key={channel}>
                  {/* The inbox itself shows messages; there is nothing to switch. */}
                  {kind === 'message' && channel === 'console' ? (
                    <span className="hd-muted" title={t('inInbox')}>
                      –
                    </span>
                  ) : (
                    <Checkbox
                      aria-label={`${t(`kinds.${kind}`)}: ${t(`channels.${channel}`)}`}
                      checked={channels[channel]}
                      onChange={(event) => onChange({ [kind]: { [channel]: event.currentTarget.checked } })}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
