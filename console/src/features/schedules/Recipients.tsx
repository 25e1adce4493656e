/** To whom, through which number, and by whom a message is promised. */
import type { ScheduledMessage } from '@/shared/api/types'
import { useTags } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './schedules.module.css'

export function Recipients({ row }: { row: ScheduledMessage }) {
  const { t } = useTranslation('schedules')
  const names = useRecipients(row)
  const facts = [
    [t('to'), names.join(', ')],
    [t('connection'), row.connection.name],
    [t('author'), row.author?.name ?? ''],
    [t('state'), t(`states.${row.state}`)],
    ...(row.ended_because ? [[t('because'), t(`endings.${row.ended_because}`)]] : []),
  ].filter(([, value]) => value)
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name} className={classes.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Contacts by name, tags with their sign. */
export function useRecipients({ contacts, tags }: Pick<ScheduledMessage, 'contacts' | 'tags'>): string[] {
  const known = useTags()
  const labels = tags.flatMap((id) => known.find((tag) => tag.id === id)?.name ?? [])
  return [...contacts.map(({ display_name }) => display_name), ...labels.map((name) => `#${name}`)]
}
