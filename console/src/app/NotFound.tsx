/** An address that leads nowhere. */
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from '@/shared/i18n/translate'
import { IconSearch } from '@/shared/ui/icons'
import { Empty } from '@/shared/ui/states'

export function NotFound() {
  const { t } = useTranslation('app')
  return (
    <main>
      <h1 className="hd-hidden">{t('notFound.title')}</h1>
      <Empty
        icon={IconSearch}
        title={t('notFound.title')}
        action={
          <Button component={Link} to="/inbox" variant="default">
            {t('notFound.back')}
          </Button>
        }
      >
        {t('notFound.text')}
      </Empty>
    </main>
  )
}
