/** A screen that failed while it was drawn: said in people's words, with the way out. */
import { Button } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { IconRefresh, IconWarning } from '@/shared/ui/icons'
import { Empty } from '@/shared/ui/states'

export function Broken() {
  const { t } = useTranslation('app')
  return (
    <main role="alert">
      <Empty
        icon={IconWarning}
        title={t('broken.title')}
        action={
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} />}
            onClick={() => window.location.reload()}
          >
            {t('broken.again')}
          </Button>
        }
      >
        {t('broken.text')}
      </Empty>
    </main>
  )
}
