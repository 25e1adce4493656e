/** Where Meta's window comes back to: hands its answer to the console that opened it, and closes. */
import { useEffect } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './onboarding.module.css'
import { SIGNUP_CHANNEL } from './signup'

export function SignupReturn() {
  const { t } = useTranslation('connections')
  useEffect(() => {
    const channel = new BroadcastChannel(SIGNUP_CHANNEL)
    channel.postMessage(window.location.search)
    channel.close()
    // The code works once; it should not stay in an address bar.
    window.history.replaceState(null, '', window.location.pathname)
    window.close()
  }, [])
  return (
    <main className={classes.returned}>
      <h1>{t('signup.returned')}</h1>
    </main>
  )
}
