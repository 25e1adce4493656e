/** The five queues that most companies begin with, in one click. */
import { Button } from '@mantine/core'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { toast } from '@/shared/ui/toast'
import { useCreatePresets } from './queries'

export function Presets() {
  const { t } = useTranslation('queues')
  const errorText = useErrorText()
  const create = useCreatePresets()
  return (
    <Button
      variant="default"
      loading={create.isPending}
      onClick={() =>
        create.mutate(undefined, {
          onSuccess: (made) => void toast({ message: t('presetsMade', { count: made.length }) }),
          onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
        })
      }
    >
      {t('presets')}
    </Button>
  )
}
