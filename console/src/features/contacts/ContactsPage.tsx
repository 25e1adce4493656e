/** The contacts screen. */
import { useTranslation } from 'react-i18next'
import { Page } from '@/shared/ui/Page'
import { Loading } from '@/shared/ui/states'

export function ContactsPage() {
  const { t } = useTranslation('contacts')
  return (
    <Page title={t('title')}>
      <Loading />
    </Page>
  )
}
