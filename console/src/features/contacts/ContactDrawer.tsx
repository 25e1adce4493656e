/** One contact: details to edit, addresses, and the conversations so far. */
import { Button, Switch, Textarea, TextInput } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { useState } from 'react'
import type { Contact } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { contactTitle, phoneDigits } from '@/shared/lib/phone'
import { useCan } from '@/shared/session/store'
import { ConfirmDialog } from '@/shared/ui/ConfirmDialog'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { toast } from '@/shared/ui/toast'
import { Addresses } from './Addresses'
import { ContactTickets } from './ContactTickets'
import { type ContactValues, useDeleteContact, useRestoreContact, useSaveContact } from './queries'

interface ContactDrawerProps {
  contact: Contact | null
  onClose: () => void
}

export function ContactDrawer({ contact, onClose }: ContactDrawerProps) {
  const { t } = useTranslation('contacts')
  const canWrite = useCan('contacts.write')
  const canDelete = useCan('contacts.delete')
  const errorText = useErrorText()
  const save = useSaveContact(contact)
  const form = useForm<ContactValues>({ initialValues: valuesOf(contact) })
  function submit(values: ContactValues): void {
    save.mutate(
      { ...values, number: phoneDigits(values.number) },
      {
        onSuccess: (saved) => {
          onClose()
          void toast({ message: t('saved', { name: contactTitle(saved) }) })
        },
        onError: (error) => showFieldErrors(form, error),
      },
    )
  }
  const isElsewhere = save.isError && Object.keys(form.errors).length === 0
  return (
    <FormDrawer
      isOpen
      title={contact ? contactTitle(contact) : t('add')}
      onClose={onClose}
      onSubmit={form.onSubmit(submit)}
      isBusy={save.isPending}
      error={isElsewhere ? errorText(save.error) : null}
      isReadOnly={!canWrite}
      aside={contact && canDelete && <DeleteContact contact={contact} onDone={onClose} />}
      below={
        contact && (
          <>
            <Addresses contact={contact} />
            <ContactTickets contact={contact} />
          </>
        )
      }
    >
      <Fields form={form} isNew={contact === null} />
    </FormDrawer>
  )
}

function Fields({ form, isNew }: { form: UseFormReturnType<ContactValues>; isNew: boolean }) {
  const { t } = useTranslation('contacts')
  return (
    <>
      <TextInput label={t('name')} autoComplete="off" data-autofocus {...form.getInputProps('name')} />
      {isNew && (
        <TextInput
          label={t('number')}
          description={t('numberHint')}
          type="tel"
          autoComplete="off"
          {...form.getInputProps('number')}
        />
      )}
      <TextInput label={t('email')} type="email" autoComplete="off" {...form.getInputProps('email')} />
      <Textarea
        label={t('notes')}
        description={t('notesHint')}
        autosize
        minRows={2}
        maxRows={8}
        {...form.getInputProps('notes')}
      />
      {!isNew && (
        <>
          <Switch
            label={t('isBlocked')}
            description={t('isBlockedHint')}
            {...form.getInputProps('is_blocked', { type: 'checkbox' })}
          />
          <Switch
            label={t('botOff')}
            description={t('botOffHint')}
            {...form.getInputProps('bot_off', { type: 'checkbox' })}
          />
        </>
      )}
    </>
  )
}

function DeleteContact({ contact, onDone }: { contact: Contact; onDone: () => void }) {
  const { t } = useTranslation('contacts')
  const errorText = useErrorText()
  const remove = useDeleteContact()
  const restore = useRestoreContact()
  const [isAsking, setAsking] = useState(false)
  function confirm(): void {
    remove.mutate(contact.id, {
      onSuccess: () => {
        onDone()
        const undo = { label: t('undo'), perform: () => restore.mutate(contact.id) }
        void toast({ message: t('deleted', { name: contactTitle(contact) }), undo })
      },
      onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
    })
  }
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        {t('delete')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('deleteTitle', { name: contactTitle(contact) })}
        confirmLabel={t('delete')}
        isBusy={remove.isPending}
        onConfirm={confirm}
        onClose={() => setAsking(false)}
      >
        {t('deleteText')}
      </ConfirmDialog>
    </>
  )
}

function valuesOf(contact: Contact | null): ContactValues {
  const { name = '', email = '', notes = '', is_blocked = false, bot_off = false } = contact ?? {}
  return { name, number: '', email, notes, is_blocked, bot_off }
}
