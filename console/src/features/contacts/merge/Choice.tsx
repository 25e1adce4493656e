/** Two contacts side by side: who goes on, and whose word stands where they differ. */
import { Radio } from '@mantine/core'
import { useId } from 'react'
import type { Contact } from '@/shared/api/types'
import { useUsers } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { contactTitle, formatPhone } from '@/shared/lib/phone'
import { Avatar } from '@/shared/ui/Avatar'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { TagDots } from '../list/TagDots'
import { CHOOSABLE, type Choosable, differing, type Picks } from './choice'
import classes from './merge.module.css'

export interface Chosen {
  into: number
  picks: Picks
}

interface ChoiceProps {
  pair: readonly [Contact, Contact]
  chosen: Chosen
  /** null for people who may only look. */
  onChange: ((chosen: Chosen) => void) | null
}

export function Choice({ pair, chosen, onChange }: ChoiceProps) {
  const { t } = useTranslation('contacts')
  const group = useId()
  return (
    <table className={classes.table}>
      <caption className="hd-hidden">{t('merge.compare')}</caption>
      <thead>
        <tr>
          <td />
          {pair.map((contact) => (
            <th key={contact.id} scope="col" data-into={contact.id === chosen.into || undefined}>
              <span className={classes.person}>
                <Avatar name={contactTitle(contact)} size={34} />
                <span className={classes.name}>{contactTitle(contact)}</span>
              </span>
              {onChange && (
                <Radio
                  size="xs"
                  name={`${group}-into`}
                  label={t('merge.stays')}
                  aria-label={t('merge.staysOne', { name: contactTitle(contact) })}
                  checked={contact.id === chosen.into}
                  // What was picked by hand stays; the rest follows who goes on.
                  onChange={() => onChange({ ...chosen, into: contact.id })}
                />
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {CHOOSABLE.map((part) => (
          <Line key={part} part={part} pair={pair} chosen={chosen} group={group} onChange={onChange} />
        ))}
        {pair.some(({ tags }) => tags.length > 0) && (
          <tr>
            <th scope="row">{t('tags')}</th>
            {pair.map(({ id, tags }) => (
              <td key={id}>
                <TagDots ids={tags} />
              </td>
            ))}
          </tr>
        )}
        <tr>
          <th scope="row">{t('columns.active')}</th>
          {pair.map(({ id, last_active_at }) => (
            <td key={id}>
              <TimeAgo at={last_active_at} />
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}

function Line({ part, pair, chosen, group, onChange }: ChoiceProps & { part: Choosable; group: string }) {
  const { t } = useTranslation('contacts')
  const shown = useShown()
  const isChoice = onChange !== null && differing(...pair).includes(part)
  const picked = chosen.picks[part] ?? chosen.into
  if (pair.every((contact) => !contact[part])) return null
  return (
    <tr>
      <th scope="row">{t(part === 'number' ? 'columns.number' : part)}</th>
      {pair.map((contact) => (
        <td key={contact.id} data-dropped={(isChoice && contact.id !== picked) || undefined}>
          {isChoice ? (
            <Radio
              size="xs"
              name={`${group}-${part}`}
              label={shown(part, contact)}
              checked={contact.id === picked}
              onChange={() => onChange({ ...chosen, picks: { ...chosen.picks, [part]: contact.id } })}
            />
          ) : (
            <span className={classes.value}>{shown(part, contact)}</span>
          )}
        </td>
      ))}
    </tr>
  )
}

function useShown(): (part: Choosable, contact: Contact) => string {
  const users = useUsers()
  return (part, contact) => {
    if (part === 'number') return formatPhone(contact.number)
    if (part === 'owner') return users.find(({ id }) => id === contact.owner)?.name ?? ''
    return contact[part]
  }
}
