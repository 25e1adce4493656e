/** Keeps a shared contact among ours; one that we have already is found by its number. Then one can write to it. */
import { useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { phoneDigits } from '@/shared/lib/phone'
import { useCan } from '@/shared/session/store'
import { IconMessage, IconUserPlus } from '@/shared/ui/icons'
import { toast } from '@/shared/ui/toast'
import { useKeepContact } from '../../data/contact'
import { useRefusalText } from '../../data/refusals'
import { useInboxAddress } from '../../useInboxAddress'
import classes from './kinds.module.css'

interface KeepContactProps {
  name: string
  phones: readonly string[]
  emails: readonly string[]
}

export function KeepContact({ name, phones, emails }: KeepContactProps) {
  const { t } = useTranslation('inbox')
  const { change } = useInboxAddress()
  const refusalText = useRefusalText()
  const keep = useKeepContact()
  const mayKeep = useCan('contacts.write')
  const mayWrite = useCan('tickets.write')
  const [kept, setKept] = useState<number | null>(null)
  const number = phones.map(phoneDigits).find((digits) => digits.length >= 8)
  if (!number || !mayKeep) return null

  async function save(): Promise<void> {
    const person = { name, number: number ?? '', ...(emails[0] && { email: emails[0] }) }
    try {
      const { contact, isNew } = await keep.mutateAsync(person)
      setKept(contact)
      void toast({ message: t(isNew ? 'card.kept' : 'card.known') })
    } catch (error) {
      void toast({ message: refusalText(error), tone: 'danger' })
    }
  }

  return (
    <span className={classes.cardActs}>
      {kept === null ? (
        <button type="button" className={classes.act} disabled={keep.isPending} onClick={() => void save()}>
          <IconUserPlus size={15} aria-hidden /> {t('card.keep')}
        </button>
      ) : (
        <a className={classes.act} href={`/contacts/${kept}`}>
          <IconUserPlus size={15} aria-hidden /> {t('card.open')}
        </a>
      )}
      {kept !== null && mayWrite && (
        <button type="button" className={classes.act} onClick={() => change({ start: kept })}>
          <IconMessage size={15} aria-hidden /> {t('card.write')}
        </button>
      )}
    </span>
  )
}
