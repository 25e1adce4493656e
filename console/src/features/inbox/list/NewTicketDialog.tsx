/** Starts a conversation with a number or a known contact: outside the 24-hour window the first message is a template. */
import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { contactQuery } from '@/shared/contacts/queries'
import { useConnections, useQueues } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { contactTitle, phoneDigits } from '@/shared/lib/phone'
import { useStartTicket } from '../data/actions'
import { useInboxAddress } from '../useInboxAddress'

interface NewTicketDialogProps {
  /** Without one a number is asked for. */
  contact?: number | undefined
  onClose: () => void
}

export function NewTicketDialog({ contact, onClose }: NewTicketDialogProps) {
  const { t } = useTranslation(['inbox', 'common'])
  const { change } = useInboxAddress()
  const connections = useConnections()
  const queues = useQueues()
  const start = useStartTicket()
  const [number, setNumber] = useState('')
  const [connection, setConnection] = useState<string | null>(null)
  const [queue, setQueue] = useState<string | null>(null)
  const chosen =
    connection ?? String((connections.find(({ is_default }) => is_default) ?? connections[0])?.id ?? '')
  const known = useQuery({ ...contactQuery(contact ?? 0), enabled: contact !== undefined })
  const isReady = (contact !== undefined || phoneDigits(number).length >= 8) && chosen !== ''

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!isReady) return
    const body = {
      ...(contact === undefined ? { number: phoneDigits(number) } : { contact }),
      connection: Number(chosen),
      ...(queue && { queue: Number(queue) }),
    }
    const ticket = await start.mutateAsync(body).catch(() => null)
    if (!ticket) return
    change({
      ticket: ticket.id,
      start: undefined,
      tab: ticket.agent ? 'mine' : 'waiting',
      search: undefined,
      filter: undefined,
      view: undefined,
    })
    onClose()
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('inbox:new.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          {contact === undefined ? (
            <TextInput
              data-autofocus
              type="tel"
              label={t('inbox:new.number')}
              description={t('inbox:new.numberHelp')}
              placeholder="+55 11 98765-4321"
              value={number}
              onChange={(event) => setNumber(event.currentTarget.value)}
            />
          ) : (
            <TextInput
              readOnly
              label={t('inbox:new.contact')}
              value={known.data ? contactTitle(known.data) : ''}
            />
          )}
          <Select
            label={t('inbox:new.connection')}
            data={connections.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={chosen || null}
            onChange={setConnection}
            allowDeselect={false}
          />
          <Select
            label={t('inbox:new.queue')}
            placeholder={t('inbox:list.noQueue')}
            data={queues.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={queue}
            onChange={setQueue}
            clearable
          />
        </Stack>
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={start.isPending} disabled={!isReady}>
            {t('inbox:new.start')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
