/** Connect in Meta's own window: explain, open it, wait, and show what was connected. */
import { Alert, Button, Drawer, Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { Arrival } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconExternalLink, IconWarning } from '@/shared/ui/icons'
import { Failed, Loading } from '@/shared/ui/states'
import { Arrivals } from './Arrivals'
import type { ConnectProps } from './kinds'
import classes from './onboarding.module.css'
import { invitationQuery, useFinishSignup } from './queries'
import { useReason } from './reasons'
import { type SignupEnd, useSignupWindow } from './signup'

export function SignupDrawer(props: ConnectProps) {
  return <Signup {...props} onPhone={false} />
}

/** The number stays in the WhatsApp Business app of a phone as well. */
export function SharedSignupDrawer(props: ConnectProps) {
  return <Signup {...props} onPhone />
}

function Signup({ onClose, onSaved, onPhone }: ConnectProps & { onPhone: boolean }) {
  const { t } = useTranslation(['connections', 'common'])
  const kind = onPhone ? 'phone' : 'meta'
  const [arrivals, setArrivals] = useState<Arrival[] | null>(null)
  function done(): void {
    const first = arrivals?.[0]
    if (first) onSaved(first.connection)
    else onClose()
  }
  return (
    <Drawer
      opened
      onClose={arrivals ? done : onClose}
      size={520}
      title={t(`kinds.${kind}.title`)}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {arrivals ? (
        <Arrivals arrivals={arrivals} onDone={done} />
      ) : (
        <Invite kind={kind} onPhone={onPhone} onArrived={setArrivals} />
      )}
    </Drawer>
  )
}

interface InviteProps {
  kind: 'meta' | 'phone'
  onPhone: boolean
  onArrived: (arrivals: Arrival[]) => void
}

function Invite({ kind, onPhone, onArrived }: InviteProps) {
  const { t } = useTranslation('connections')
  const why = useReason()
  const invitation = useQuery(invitationQuery(onPhone))
  const finish = useFinishSignup()
  const [problem, setProblem] = useState('')
  const { mutate } = finish
  const { refetch } = invitation
  const onEnd = useCallback(
    (end: SignupEnd) => {
      if (end.kind === 'answered')
        mutate(end.answer, { onSuccess: ({ connections }) => onArrived(connections) })
      else {
        setProblem(end.kind === 'cancelled' ? t('signup.cancelled') : end.text || t('signup.failed'))
        // What the closed window may still send must not be taken for the next one's answer.
        void refetch()
      }
    },
    [mutate, onArrived, refetch, t],
  )
  const meta = useSignupWindow(invitation.data, onEnd)
  if (invitation.isPending) return <Loading rows={2} height={60} />
  if (invitation.isError) return <Failed error={invitation.error} onRetry={() => void invitation.refetch()} />
  function begin(): void {
    setProblem('')
    finish.reset()
    if (!meta.open()) setProblem(t('signup.blocked'))
  }
  const said = finish.isError ? why(finish.error) : problem
  const isBusy = meta.isOpen || finish.isPending
  return (
    <div className={classes.stack}>
      <p>{t(`signup.${kind}Text`)}</p>
      <ul>
        {[1, 2, 3].map((number) => (
          <li key={number}>{t(`signup.${kind}${number}`)}</li>
        ))}
      </ul>
      {said && (
        <Alert color="red" icon={<IconWarning size={18} />} role="alert">
          {said}
        </Alert>
      )}
      {isBusy ? (
        <p role="status" className={classes.row}>
          <Loader size="xs" /> {t(finish.isPending ? 'signup.finishing' : 'signup.waiting')}
          {meta.isOpen && (
            <Button variant="subtle" size="compact-sm" onClick={meta.stop}>
              {t('signup.stop')}
            </Button>
          )}
        </p>
      ) : (
        <Button
          rightSection={<IconExternalLink size={16} />}
          loading={invitation.isFetching}
          onClick={begin}
          data-testid="open-signup"
        >
          {t('signup.open')}
        </Button>
      )}
    </div>
  )
}
