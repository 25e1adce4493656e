/** The contact over the thread, where there is no room beside it. */
import { Drawer } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { ContactPanel } from './ContactPanel'
import classes from './ContactPanel.module.css'

interface ContactDrawerProps {
  id: number
  isOpen: boolean
  isWhole: boolean
  onClose: () => void
}

export function ContactDrawer({ id, isOpen, isWhole, onClose }: ContactDrawerProps) {
  const { t } = useTranslation('inbox')
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      size={isWhole ? '100%' : 360}
      withCloseButton={false}
      padding={0}
      classNames={{ body: classes.drawer }}
      attributes={{ content: { 'aria-label': t('contact.panel') } }}
    >
      <ContactPanel id={id} onClose={onClose} />
    </Drawer>
  )
}
