/** The inbox, with the first steps of a new company where nothing is open. */
import { lazy, type ReactNode, Suspense } from 'react'
import { InboxPage } from '@/features/inbox/InboxPage'
import { useIsNewCompany } from '@/features/onboarding/steps'

const WelcomeCard = lazy(() =>
  import('@/features/onboarding/WelcomeCard').then((module) => ({ default: module.WelcomeCard })),
)

export function InboxRoute() {
  const isNew = useIsNewCompany()
  const withSteps = (usual: ReactNode) => (
    <Suspense>
      <WelcomeCard otherwise={usual} />
    </Suspense>
  )
  return <InboxPage welcome={isNew ? withSteps : undefined} />
}
