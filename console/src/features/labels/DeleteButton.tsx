/** Hides a tag or a field. What carries it keeps it, so nothing is lost and nothing needs asking. */
import { Button } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'

export function DeleteButton({ isBusy, onDelete }: { isBusy: boolean; onDelete: () => void }) {
  const { t } = useTranslation('labels')
  return (
    <Button variant="subtle" color="red" loading={isBusy} onClick={onDelete}>
      {t('delete')}
    </Button>
  )
}
