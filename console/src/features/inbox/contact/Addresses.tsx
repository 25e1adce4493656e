/** Every way to reach the contact, each with a button that copies it. */
import { CopyButton } from '@mantine/core'
import type { Contact } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatPhone } from '@/shared/lib/phone'
import { Breakable } from '@/shared/ui/Breakable'
import { IconCheck, IconCopy } from '@/shared/ui/icons'
import classes from './ContactPanel.module.css'

export function Addresses({ contact }: { contact: Contact }) {
  const { t } = useTranslation('inbox')
  const ways = [
    ...contact.addresses
      .filter(({ kind }) => kind !== 'username')
      .map(({ kind, value }) => ({
        kind,
        value,
        shown: kind === 'phone' ? formatPhone(value) : value,
      })),
    ...(contact.username
      ? [{ kind: 'username', value: `@${contact.username}`, shown: `@${contact.username}` }]
      : []),
    ...(contact.email ? [{ kind: 'email', value: contact.email, shown: contact.email }] : []),
  ]
  return (
    <section className={classes.section}>
      <h3 className={classes.title}>{t('contact.addresses')}</h3>
      {ways.length === 0 && <p className={classes.empty}>{t('contact.noAddresses')}</p>}
      <ul className={classes.ways}>
        {ways.map(({ kind, value, shown }) => (
          <li key={`${kind} ${value}`} className={classes.way}>
            <span className={classes.wayKind}>{t(`contact.kinds.${kind}`)}</span>
            <span className={classes.wayValue}>
              <Breakable text={shown} />
            </span>
            <CopyButton value={kind === 'phone' ? `+${value.replace(/\D/g, '')}` : value}>
              {({ copied, copy }) => (
                <button
                  type="button"
                  className={classes.copy}
                  onClick={copy}
                  aria-label={t('contact.copy', { value: shown })}
                  title={t('thread.copy')}
                >
                  {copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
                </button>
              )}
            </CopyButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
