/** Where a contact can be reached, and how we know: each address with its evidence. */
import { ActionIcon } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Contact, Evidence } from '@/shared/api/types'
import { useUsers } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDate } from '@/shared/lib/dates'
import { formatPhone } from '@/shared/lib/phone'
import { CopyButton } from '@/shared/ui/CopyButton'
import { IconCheck, IconCopy } from '@/shared/ui/icons'
import { Failed, Loading } from '@/shared/ui/states'
import classes from './one.module.css'
import { evidenceQuery } from './queries'

export function Addresses({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts')
  const { data, error, isPending, refetch } = useQuery(evidenceQuery(contact.id))
  return (
    <section className={classes.card} aria-label={t('addresses')}>
      <h2 className={classes.subtitle}>{t('addresses')}</h2>
      {isPending && <Loading rows={2} height={44} />}
      {error && !data && <Failed error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <p className="hd-muted">{t('noAddresses')}</p>}
      <ul className={classes.addresses}>
        {data?.map((one) => (
          <Address key={`${one.kind} ${one.value} ${one.ended_at ?? ''}`} one={one} />
        ))}
      </ul>
    </section>
  )
}

function Address({ one }: { one: Evidence }) {
  const { t } = useTranslation('contacts')
  const shown =
    one.kind === 'phone' ? formatPhone(one.value) : one.kind === 'username' ? `@${one.value}` : one.value
  return (
    <li className={classes.address} data-ended={one.ended_at !== null || undefined}>
      <div className={classes.grow}>
        <span className={classes.kind}>{t(`kinds.${one.kind}`)}</span>
        <span className={classes.value}>{shown}</span>
        <Why one={one} />
        {one.contested_by !== null && (
          <span className={classes.contested}>
            {t('contested')} <Link to="/contacts/duplicates">{t('contestedLook')}</Link>
          </span>
        )}
      </div>
      <CopyButton value={one.value}>
        {(copy, isCopied) => (
          <ActionIcon onClick={copy} aria-label={t('copyOne', { value: shown })}>
            {isCopied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          </ActionIcon>
        )}
      </CopyButton>
    </li>
  )
}

/** "Typed by Ana on 3 Nov." or "First message in #4812." */
function Why({ one }: { one: Evidence }) {
  const { t } = useTranslation('contacts')
  const users = useUsers()
  const date = formatDate(one.at)
  const by = users.find(({ id }) => id === one.by)?.name
  return (
    <span className={classes.why}>
      {t(`how.${one.how || 'unknown'}`, { date })}
      {by && ` · ${by}`}
      {one.ticket && (
        <>
          {' · '}
          <Link to="/inbox" search={{ ticket: one.ticket.id, message: one.message?.id }}>
            {t('firstIn', { number: one.ticket.number })}
          </Link>
        </>
      )}
      {one.merge !== null && ` · ${t('fromMerge')}`}
      {one.ended_at && ` · ${t('ended', { date: formatDate(one.ended_at) })}`}
      {one.ended_why && `: ${t(`endedWhy.${one.ended_why}`)}`}
      {one.ended_to !== null && (
        <>
          {' · '}
          <Link to="/contacts/$contact" params={{ contact: String(one.ended_to) }}>
            {t('endedTo')}
          </Link>
        </>
      )}
    </span>
  )
}
