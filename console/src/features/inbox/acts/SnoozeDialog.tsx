/** Puts a ticket aside until a time, or until the customer writes. */
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime, timeZone } from '@/shared/lib/dates'
import { useTicketActs } from '../data/acts'
import { useUndo } from '../useUndo'
import type { ActProps } from './Acts'
import classes from './acts.module.css'
import { PickDialog } from './PickDialog'
import { laterTimes, ownTime } from './snooze'

export function SnoozeDialog({ ticket, onClose }: ActProps) {
  const { t } = useTranslation('acts')
  const { snooze } = useTicketActs(ticket.id)
  const offerUndo = useUndo()
  const [times] = useState(() => laterTimes(new Date(), timeZone()))
  const [own, setOwn] = useState('')

  function sleep(until: Date | null): void {
    snooze.mutate(until?.toISOString() ?? null, {
      onSuccess: () => {
        offerUndo(ticket.id, t('snooze.done'))
        onClose()
      },
    })
  }

  return (
    <PickDialog
      title={t('snooze.title')}
      options={times.map(({ id, at }) => ({
        id,
        label: t(`snooze.${id}`),
        ...(at && { hint: formatDateTime(at.toISOString()) }),
      }))}
      onPick={(id) => sleep(times.find((time) => time.id === id)?.at ?? null)}
      onClose={onClose}
    >
      <form
        className={classes.row}
        onSubmit={(event) => {
          event.preventDefault()
          const at = ownTime(own, timeZone())
          if (at) sleep(at)
        }}
      >
        <TextInput
          type="datetime-local"
          label={t('snooze.own')}
          value={own}
          onChange={(event) => setOwn(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={!own} loading={snooze.isPending}>
          {t('snooze.sleep')}
        </Button>
      </form>
    </PickDialog>
  )
}
