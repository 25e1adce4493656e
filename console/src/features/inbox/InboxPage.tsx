/** The inbox: conversations on the left, the open one in the middle, the contact on the right. */
import { useTranslation } from 'react-i18next'
import { useTitle } from '@/shared/ui/Page'
import { Empty } from '@/shared/ui/states'

export function InboxPage() {
  const { t } = useTranslation('inbox')
  useTitle(t('title'))
  return <Empty title={t('empty')} />
}
