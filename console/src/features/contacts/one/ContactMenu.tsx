/** What can be done with a contact as a whole. */
import { Button, Menu } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useActions } from '@/shared/actions/registry'
import type { Contact } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { contactTitle } from '@/shared/lib/phone'
import { useCan } from '@/shared/session/store'
import { ConfirmDialog } from '@/shared/ui/ConfirmDialog'
import { IconChevronDown, IconMerge, IconMessage, IconRestore, IconTrash } from '@/shared/ui/icons'
import { toast } from '@/shared/ui/toast'
import { useDeleteContact, useRestoreContact } from '../queries'
import { MergeDialog } from './MergeDialog'
import { contactMoved } from './queries'

export function ContactMenu({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts')
  const errorText = useErrorText()
  const navigate = useNavigate()
  const canDelete = useCan('contacts.delete')
  const remove = useDeleteContact()
  const restore = useRestoreContact()
  const [open, setOpen] = useState<'merge' | 'delete' | null>(null)
  const mayStart = useCan('tickets.write') && !contact.is_blocked
  const canMerge = canDelete && !contact.is_deleted
  const onError = (error: Error) => void toast({ message: errorText(error), tone: 'danger' })
  useActions(
    canMerge
      ? [
          {
            id: 'contact.merge',
            label: t('merge.open'),
            group: t('contact'),
            icon: IconMerge,
            perform: () => setOpen('merge'),
          },
        ]
      : [],
  )
  function bringBack(): void {
    // From a toast this happens when the page is left: promises are still told, callbacks are not.
    void restore.mutateAsync(contact.id).then(() => contactMoved(contact.id), onError)
  }
  function confirm(): void {
    remove.mutate(contact.id, {
      onSuccess: () => {
        void navigate({ to: '/contacts' })
        const undo = { label: t('undo'), perform: bringBack }
        void toast({ message: t('deleted', { name: contactTitle(contact) }), undo })
      },
      onError,
    })
  }
  if (contact.merged_into !== null) return null
  if (contact.is_deleted && !canDelete) return null
  if (contact.is_deleted)
    return (
      <Button leftSection={<IconRestore size={16} />} loading={restore.isPending} onClick={bringBack}>
        {t('restore')}
      </Button>
    )
  return (
    <>
      {mayStart && (
        <Button
          variant="default"
          leftSection={<IconMessage size={16} />}
          onClick={() => void navigate({ to: '/inbox', search: { start: contact.id } })}
          data-testid="contact-start"
        >
          {t('start')}
        </Button>
      )}
      {canDelete && (
        <Menu position="bottom-end" width={230}>
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={16} />} data-testid="contact-menu">
              {t('more')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconMerge size={16} />}
              onClick={() => setOpen('merge')}
              data-testid="contact-merge"
            >
              {t('merge.open')}
            </Menu.Item>
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setOpen('delete')}>
              {t('delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {open === 'merge' && <MergeDialog contact={contact} onClose={() => setOpen(null)} />}
      <ConfirmDialog
        isOpen={open === 'delete'}
        title={t('deleteTitle', { name: contactTitle(contact) })}
        confirmLabel={t('delete')}
        isBusy={remove.isPending}
        onConfirm={confirm}
        onClose={() => setOpen(null)}
      >
        {t('deleteText')}
      </ConfirmDialog>
    </>
  )
}
