/** Changes the words of a message while it waits for the customer's answer. */
import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useRewrite } from '../data/actions'
import { WordsDialog } from './WordsDialog'

export function ParkedDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const { t } = useTranslation('inbox')
  const rewrite = useRewrite(message.id)
  return (
    <WordsDialog
      title={t('park.edit')}
      words={message.body}
      mayBeEmpty={message.attachments.length > 0}
      isBusy={rewrite.isPending}
      onSave={(body) => rewrite.mutate(body, { onSuccess: onClose })}
      onClose={onClose}
    />
  )
}
