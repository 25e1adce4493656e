/** Hands a ticket to a queue or a colleague, with a word about why. */
import { Button, Group, Modal, SegmentedControl, Select, Stack, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Ticket } from '@/shared/api/types'
import { useQueues, useUsers } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { useConnection } from '@/shared/realtime/connection'
import { useMe } from '@/shared/session/store'
import { VariableField } from '@/shared/variables/VariableField'
import type { Transfer } from '../data/actions'

interface TransferDialogProps {
  ticket: Ticket
  isBusy: boolean
  onTransfer: (transfer: Transfer) => void
  onClose: () => void
}

export function TransferDialog({ ticket, isBusy, onTransfer, onClose }: TransferDialogProps) {
  const { t } = useTranslation(['inbox', 'common'])
  const me = useMe()
  const presences = useConnection((state) => state.presence)
  const queues = useQueues()
  const users = useUsers().filter(({ is_active }) => is_active)
  const [target, setTarget] = useState<'queue' | 'agent'>('queue')
  const [queue, setQueue] = useState<string | null>(null)
  const [agent, setAgent] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const [message, setMessage] = useState('')
  const chosen = target === 'queue' ? queue : agent

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (!chosen) return
    onTransfer({
      [target]: Number(chosen),
      ...(note.trim() && { note: note.trim() }),
      ...(message.trim() && { message: message.trim() }),
    })
  }

  const people = users
    .filter(({ id }) => id !== ticket.agent?.id)
    .map(({ id, name }) => ({
      value: String(id),
      label: `${name}${id === me.user.id ? ` (${t('inbox:transfer.me')})` : ''} · ${t(`inbox:presence.${presences[id] ?? 'offline'}`)}`,
    }))
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('inbox:transfer.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <SegmentedControl
            fullWidth
            aria-label={t('inbox:transfer.target')}
            value={target}
            onChange={(value) => setTarget(value === 'agent' ? 'agent' : 'queue')}
            data={[
              { value: 'queue', label: t('inbox:transfer.queue') },
              { value: 'agent', label: t('inbox:transfer.agent') },
            ]}
          />
          {target === 'queue' ? (
            <Select
              key="queue"
              data-autofocus
              label={t('inbox:transfer.queue')}
              placeholder={t('inbox:transfer.chooseQueue')}
              data={queues.map(({ id, name }) => ({ value: String(id), label: name }))}
              value={queue}
              onChange={setQueue}
              searchable
              description={t('inbox:transfer.queueHelp')}
            />
          ) : (
            <Select
              key="agent"
              label={t('inbox:transfer.agent')}
              placeholder={t('inbox:transfer.chooseAgent')}
              data={people}
              value={agent}
              onChange={setAgent}
              searchable
            />
          )}
          <Textarea
            label={t('inbox:transfer.note')}
            description={t('inbox:transfer.noteHelp')}
            autosize
            minRows={2}
            maxRows={6}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <VariableField
            label={t('inbox:transfer.message')}
            description={t('inbox:transfer.messageHelp')}
            value={message}
            onChange={setMessage}
            ticket={ticket.id}
          />
        </Stack>
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={isBusy} disabled={!chosen} data-testid="transfer-confirm">
            {t('inbox:actions.transfer')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
