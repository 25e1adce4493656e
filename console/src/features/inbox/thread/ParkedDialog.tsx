/** Changes the words of a message while it waits for the customer's answer. */
import { Button, Group, Modal, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useMessageChanges } from '../data/actions'

export function ParkedDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const { t } = useTranslation(['inbox', 'common'])
  const { rewrite } = useMessageChanges(message.id)
  const [body, setBody] = useState(message.body)
  const isValid = body.trim() !== '' || message.attachments.length > 0
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (isValid) rewrite.mutate(body, { onSuccess: onClose })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('inbox:park.edit')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Textarea
          data-autofocus
          aria-label={t('inbox:park.edit')}
          autosize
          minRows={3}
          maxRows={12}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={rewrite.isPending} disabled={!isValid}>
            {t('common:save')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
