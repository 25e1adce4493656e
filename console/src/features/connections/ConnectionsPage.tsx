/** The connections screen. */
import { useTranslation } from 'react-i18next'
import { Page } from '@/shared/ui/Page'
import { Loading } from '@/shared/ui/states'

export function ConnectionsPage() {
  const { t } = useTranslation('connections')
  return (
    <Page title={t('title')}>
      <Loading />
    </Page>
  )
}
