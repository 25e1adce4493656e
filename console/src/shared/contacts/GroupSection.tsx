/** A contact that is a group: who is in it, where its conversations wait, and who sees them besides. */
import { MultiSelect, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Contact, Group } from '@/shared/api/types'
import { useQueues, useUsers } from '@/shared/directory/queries'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { formatPhone } from '@/shared/lib/phone'
import { useCan } from '@/shared/session/store'
import { Avatar } from '@/shared/ui/Avatar'
import { Failed, Loading } from '@/shared/ui/states'
import classes from './contacts.module.css'
import { groupQuery, useChangeGroup } from './queries'

export function GroupSection({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts')
  const { data: group, error, refetch } = useQuery(groupQuery(contact.id))
  if (error && !group) return <Failed error={error} onRetry={() => void refetch()} />
  if (!group) return <Loading rows={3} height={36} />
  return (
    <section className={classes.group} aria-label={t('group.title')} data-testid="group">
      {group.state === 'ended' && <p className="hd-muted">{t('group.ended')}</p>}
      {group.description && <p className={classes.about}>{group.description}</p>}
      <Participants group={group} />
      <Visibility contact={contact.id} group={group} />
    </section>
  )
}

function Participants({ group }: { group: Group }) {
  const { t } = useTranslation('contacts')
  return (
    <>
      <h3 className={classes.groupTitle}>{t('group.participants', { count: group.participants.length })}</h3>
      {group.participants.length === 0 && <p className="hd-muted">{t('group.nobody')}</p>}
      <ul className={classes.people}>
        {group.participants.map(({ name, number, contact }, index) => {
          const shown = name || (number && formatPhone(number)) || t('group.unknown')
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: two people may have one name and no number
            <li key={`${contact} ${number} ${name} ${index}`} className={classes.participant}>
              <Avatar name={shown} size={28} />
              <span className={classes.who}>
                {contact === null ? (
                  <span className="hd-ellipsis">{shown}</span>
                ) : (
                  <Link
                    to="/contacts/$contact"
                    params={{ contact: String(contact) }}
                    className={classes.more}
                  >
                    {shown}
                  </Link>
                )}
                {name && number && <span className={classes.noteTime}>{formatPhone(number)}</span>}
              </span>
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** Supervisors choose; everybody sees what was chosen. */
function Visibility({ contact, group }: { contact: number; group: Group }) {
  const { t } = useTranslation('contacts')
  const mayChoose = useCan('tickets.see_all')
  const errorText = useErrorText()
  const queues = useQueues().filter(({ id, is_deleted }) => !is_deleted || id === group.queue)
  const users = useUsers().filter(({ id, is_active }) => is_active || group.users.includes(id))
  const change = useChangeGroup(contact)
  return (
    <>
      <Select
        label={t('group.queue')}
        description={t('group.queueHelp')}
        clearable
        readOnly={!mayChoose}
        placeholder={t('group.asConnection')}
        clearButtonProps={{ 'aria-label': t('group.asConnection') }}
        data={queues.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={group.queue === null ? null : String(group.queue)}
        onChange={(chosen) => change.mutate({ queue: chosen === null ? null : Number(chosen) })}
      />
      <MultiSelect
        label={t('group.users')}
        description={t('group.usersHelp')}
        searchable
        readOnly={!mayChoose}
        data={users.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={group.users.map(String)}
        error={change.error && errorText(change.error)}
        onChange={(chosen) => change.mutate({ users: chosen.map(Number) })}
      />
    </>
  )
}
