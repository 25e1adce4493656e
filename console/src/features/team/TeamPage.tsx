/** The team screen. */
import { useTranslation } from 'react-i18next'
import { Page } from '@/shared/ui/Page'
import { Loading } from '@/shared/ui/states'

export function TeamPage() {
  const { t } = useTranslation('team')
  return (
    <Page title={t('title')}>
      <Loading />
    </Page>
  )
}
