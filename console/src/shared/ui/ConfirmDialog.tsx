/** Asks before something that cannot be taken back. The button says what happens. */
import { Button, Group, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from '@/shared/i18n/translate'

interface ConfirmDialogProps {
  isOpen: boolean
  title: string
  children: ReactNode
  /** The verb on the button: "Deactivate". */
  confirmLabel: string
  isDangerous?: boolean
  isBusy?: boolean
  onConfirm: () => void
  onClose: () => void
}

/** A drawer often asks, and the question must not end up behind it. */
const ABOVE_DRAWERS = 300

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation('common')
  const { isOpen, title, children, confirmLabel, isDangerous = true, isBusy, onConfirm, onClose } = props
  return (
    <Modal
      zIndex={ABOVE_DRAWERS}
      opened={isOpen}
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className="hd-muted">{children}</div>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('cancel')}
        </Button>
        <Button color={isDangerous ? 'red' : 'teal'} loading={isBusy} onClick={onConfirm}>
          {confirmLabel}
        </Button>
      </Group>
    </Modal>
  )
}
