/** Starts a conversation with a number: outside the 24-hour window the first message is a template. */
import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useConnections, useQueues } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { phoneDigits } from '@/shared/lib/phone'
import { useStartTicket } from '../data/actions'
import { useInboxAddress } from '../useInboxAddress'

export function NewTicketDialog({ onClose }: { onClose: () => void }) {
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
  const isReady = phoneDigits(number).length >= 8 && chosen !== ''

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!isReady) return
    const body = {
      number: phoneDigits(number),
      connection: Number(chosen),
      ...(queue && { queue: Number(queue) }),
    }
    const ticket = await start.mutateAsync(body).catch(() => null)
    if (!ticket) return
    change({
      ticket: ticket.id,
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
          <TextInput
            data-autofocus
            type="tel"
            label={t('inbox:new.number')}
            description={t('inbox:new.numberHelp')}
            placeholder="+55 11 98765-4321"
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
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
