/** Writes the words of a note or of a waiting message anew. */
import { Button, Group, Modal, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'

interface WordsDialogProps {
  title: string
  words: string
  mayBeEmpty?: boolean
  isBusy: boolean
  onSave: (words: string) => void
  onClose: () => void
}

export function WordsDialog({ title, words, mayBeEmpty = false, isBusy, onSave, onClose }: WordsDialogProps) {
  const { t } = useTranslation('common')
  const [body, setBody] = useState(words)
  const isValid = mayBeEmpty || body.trim() !== ''
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (isValid) onSave(body)
  }
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={submit}>
        <Textarea
          data-autofocus
          aria-label={title}
          autosize
          minRows={3}
          maxRows={12}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={isBusy} disabled={!isValid}>
            {t('save')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
