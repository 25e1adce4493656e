/** First steps where a new company looks first: in its empty inbox, until they are done or put away. */
import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { useMe } from '@/shared/session/store'
import { Checklist } from './Checklist'
import { useIsNewCompany } from './steps'
import classes from './welcome.module.css'

/** Without the card the inbox shows what it shows to everybody. */
export function WelcomeCard({ otherwise }: { otherwise: ReactNode }) {
  const { t } = useTranslation('onboarding')
  const { user, company } = useMe()
  const stored = `helpdesk.welcome.${company?.id}.${user.id}`
  const [isAway, setAway] = useState(() => localStorage.getItem(stored) !== null)
  const isNew = useIsNewCompany()
  if (!isNew || isAway) return otherwise
  return (
    <section className={classes.inbox} data-testid="welcome-card">
      <header>
        <h2>{t('title', { name: user.name.split(' ')[0] })}</h2>
        <p className="hd-muted">{t('text')}</p>
      </header>
      <Checklist />
      <Button
        variant="subtle"
        color="gray"
        onClick={() => {
          localStorage.setItem(stored, 'away')
          setAway(true)
        }}
      >
        {t('putAway')}
      </Button>
    </section>
  )
}
