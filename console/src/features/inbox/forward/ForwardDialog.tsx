/** Passes a message on to other customers, each in their own conversation. */
import { Button, Group, Modal, NativeSelect, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api, call } from '@/shared/api/client'
import type { Contact, Message } from '@/shared/api/types'
import { ContactsField } from '@/shared/contacts/ContactsField'
import { useConnections } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { IconFailed } from '@/shared/ui/icons'
import { toast } from '@/shared/ui/toast'
import { useRefusalText } from '../data/refusals'
import { quoteOf } from '../outbox/bubble'
import { QuoteText } from '../thread/Quote'
import classes from './forward.module.css'

interface ForwardDialogProps {
  message: Message
  /** The number that the conversation is on. */
  connection: number
  onClose: () => void
}

export function ForwardDialog({ message, connection, onClose }: ForwardDialogProps) {
  const { t } = useTranslation(['inbox', 'common'])
  const connections = useConnections()
  const [chosen, setChosen] = useState(connection)
  const { contacts, setContacts, forward, failed, refusal } = useForwarding(message.id, chosen, onClose)

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (contacts.length > 0) forward.mutate()
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('inbox:forward.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit} data-testid="forward-form">
        <Stack gap="sm">
          <div className={classes.quote}>
            <QuoteText quote={quoteOf(message)} />
          </div>
          <ContactsField isFirst label={t('inbox:forward.to')} contacts={contacts} onChange={setContacts} />
          {connections.length > 1 && (
            <NativeSelect
              label={t('inbox:new.connection')}
              data={connections.map(({ id, name }) => ({ value: String(id), label: name }))}
              value={String(chosen)}
              onChange={(event) => setChosen(Number(event.currentTarget.value))}
            />
          )}
          {failed.map(({ name, reason }) => (
            <p key={name} className={classes.failed} role="alert">
              <IconFailed size={16} aria-hidden />
              <span>
                <strong>{name}</strong>: {reason}
              </span>
            </p>
          ))}
          {refusal && (
            <p className={classes.failed} role="alert">
              {refusal}
            </p>
          )}
        </Stack>
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            type="submit"
            loading={forward.isPending}
            disabled={contacts.length === 0}
            data-testid="forward-send"
          >
            {t('inbox:forward.forward')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

/** Who got it leaves the list; whom it could not reach stays with the reason. */
function useForwarding(message: number, connection: number, onClose: () => void) {
  const { t, exists } = useTranslation('inbox')
  const refusalText = useRefusalText()
  const [contacts, setContacts] = useState<Contact[]>([])
  const [failed, setFailed] = useState<{ name: string; reason: string }[]>([])
  const [clientId] = useState(() => crypto.randomUUID())
  const forward = useMutation({
    mutationFn: () =>
      call(
        api.POST('/api/messages/{id}/forward/', {
          params: { path: { id: message } },
          body: { client_id: clientId, contacts: contacts.map(({ id }) => id), connection },
        }),
      ),
    onSuccess: ({ results }) => {
      const left = results.filter(({ problem }) => problem !== null)
      const count = results.length - left.length
      if (count > 0) void toast({ message: t('forward.done', { count }) })
      if (left.length === 0) return onClose()
      const nameOf = (id: number) => contacts.find((contact) => contact.id === id)?.display_name ?? ''
      const wordsOf = (code = '', detail = '') =>
        exists(`refusals.${code}`)
          ? t(`refusals.${code}`)
          : t(`common:errors.${code}`, { defaultValue: detail })
      setContacts(contacts.filter(({ id }) => left.some(({ contact }) => contact === id)))
      setFailed(
        left.map(({ contact, problem }) => ({
          name: nameOf(contact),
          reason: wordsOf(problem?.code, problem?.detail),
        })),
      )
    },
  })
  const refusal = forward.error && refusalText(forward.error)
  return { contacts, setContacts, forward, failed, refusal }
}
