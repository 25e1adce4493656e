/** A message that waits for the customer's answer: a line that says so, and a pencil to change its words. */
import { Suspense, useState } from 'react'
import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { later } from '@/shared/lib/later'
import { IconEdit, IconHourglass } from '@/shared/ui/icons'
import classes from './Bubble.module.css'

const ParkedDialog = later(() => import('./ParkedDialog'), 'ParkedDialog')

export function ParkedHint() {
  const { t } = useTranslation('inbox')
  return (
    <span className={classes.hint} title={t('park.help')} data-testid="parked">
      <IconHourglass size={14} aria-hidden /> {t('states.parked')}
    </span>
  )
}

export function ParkedTools({ message }: { message: Message }) {
  const { t } = useTranslation('inbox')
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className={classes.tool}
        aria-label={t('park.edit')}
        title={t('park.edit')}
        onClick={() => setOpen(true)}
      >
        <IconEdit size={16} aria-hidden />
      </button>
      <Suspense>{isOpen && <ParkedDialog message={message} onClose={() => setOpen(false)} />}</Suspense>
    </>
  )
}
