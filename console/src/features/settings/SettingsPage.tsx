/** The settings screen. */
import { useTranslation } from 'react-i18next'
import { Page } from '@/shared/ui/Page'
import { Loading } from '@/shared/ui/states'

export function SettingsPage() {
  const { t } = useTranslation('settings')
  return (
    <Page title={t('title')}>
      <Loading />
    </Page>
  )
}
