/** The inbox, with the first steps of a new company where nothing is open, and with what other features add. */
import { type ReactNode, Suspense } from 'react'
import { InboxPage } from '@/features/inbox/InboxPage'
import { PartsProvider } from '@/features/inbox/parts'
import { useIsNewCompany } from '@/features/onboarding/steps'
import { later } from '@/shared/lib/later'
import { inboxParts } from './inboxParts'

const WelcomeCard = later(() => import('@/features/onboarding/WelcomeCard'), 'WelcomeCard')

export function InboxRoute() {
  const isNew = useIsNewCompany()
  const withSteps = (usual: ReactNode) => (
    <Suspense>
      <WelcomeCard otherwise={usual} />
    </Suspense>
  )
  return (
    <PartsProvider value={inboxParts}>
      <InboxPage welcome={isNew ? withSteps : undefined} />
    </PartsProvider>
  )
}
