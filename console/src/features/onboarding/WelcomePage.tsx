/** First steps as a page of their own: where the rail and the palette lead. */
import { useTranslation } from '@/shared/i18n/translate'
import { useMe } from '@/shared/session/store'
import { Page } from '@/shared/ui/Page'
import { NoPermission } from '@/shared/ui/states'
import { Checklist } from './Checklist'
import { useMaySetUp } from './steps'

export function WelcomePage() {
  const { t } = useTranslation('onboarding')
  const { user } = useMe()
  const maySetUp = useMaySetUp()
  return (
    <Page title={t('title', { name: user.name.split(' ')[0] })} description={t('text')} width="narrow">
      {maySetUp ? <Checklist /> : <NoPermission />}
    </Page>
  )
}
