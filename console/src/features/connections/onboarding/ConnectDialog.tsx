/** How to connect a number; where there is one way only, it begins at once. */
import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { phonesOfferedQuery } from '../devices/queries'
import { CONNECT_KINDS, type ConnectKind, type ConnectProps } from './kinds'
import classes from './onboarding.module.css'
import { invitationQuery } from './queries'

export function ConnectDialog({ onClose, onSaved }: ConnectProps) {
  const { t } = useTranslation(['connections', 'common'])
  const [chosen, setChosen] = useState<ConnectKind | null>(null)
  const invitation = useQuery(invitationQuery(false))
  const phones = useQuery(phonesOfferedQuery)
  if (invitation.isPending || phones.isPending) return null
  const offered = CONNECT_KINDS.filter(
    ({ needsSignup, isUnofficial }) =>
      (!needsSignup || invitation.data?.is_available) && (!isUnofficial || phones.data),
  )
  const kind = chosen ?? (offered.length === 1 ? offered[0] : null)
  if (kind)
    return (
      <Suspense>
        <kind.Component onClose={onClose} onSaved={onSaved} />
      </Suspense>
    )
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('kinds.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <div className={classes.kinds}>
        {offered.map((one) => (
          <button
            key={one.id}
            type="button"
            className={classes.kind}
            data-testid={`connect-${one.id}`}
            onClick={() => setChosen(one)}
          >
            <one.icon size={22} aria-hidden />
            <div>
              <strong>{t(`kinds.${one.id}.title`)}</strong>
              <span>{t(`kinds.${one.id}.text`)}</span>
            </div>
          </button>
        ))}
      </div>
    </Modal>
  )
}
