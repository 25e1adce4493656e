/** Where a contact can be reached, each to copy. */
import { ActionIcon, Tooltip } from '@mantine/core'
import type { Contact } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatPhone } from '@/shared/lib/phone'
import { CopyButton } from '@/shared/ui/CopyButton'
import { IconCheck, IconCopy } from '@/shared/ui/icons'
import classes from './contacts.module.css'

export function Addresses({ contact: { addresses, username } }: { contact: Contact }) {
  const { t } = useTranslation('contacts')
  const lines = [
    ...addresses.map(({ kind, value }) => ({
      kind: t(`kinds.${kind}`),
      value,
      text: kind === 'phone' ? formatPhone(value) : value,
    })),
    ...(username ? [{ kind: t('kinds.username'), value: `@${username}`, text: `@${username}` }] : []),
  ]
  if (lines.length === 0) return null
  return (
    <section>
      <h3 className={classes.subtitle}>{t('addresses')}</h3>
      <ul className={classes.lines}>
        {lines.map(({ kind, value, text }) => (
          <li key={`${kind} ${value}`} className={classes.line}>
            <span className={classes.kind}>{kind}</span>
            <span className={classes.value}>{text}</span>
            <CopyButton value={value}>
              {(copy, isCopied) => (
                <Tooltip label={t('copy')}>
                  <ActionIcon onClick={copy} aria-label={t('copyOne', { value: text })}>
                    {isCopied ? <IconCheck size={16} /> : <IconCopy size={16} />}
                  </ActionIcon>
                </Tooltip>
              )}
            </CopyButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
