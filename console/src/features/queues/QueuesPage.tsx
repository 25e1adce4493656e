/** The queues screen. */
import { useTranslation } from 'react-i18next'
import { Page } from '@/shared/ui/Page'
import { Loading } from '@/shared/ui/states'

export function QueuesPage() {
  const { t } = useTranslation('queues')
  return (
    <Page title={t('title')}>
      <Loading />
    </Page>
  )
}
