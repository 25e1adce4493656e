/** Asks for exactly what is missing before the ticket can be closed. */
import { Button, Group, Modal, MultiSelect, Stack } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useFields, useTags } from '@/shared/directory/queries'
import { FieldInput } from '@/shared/fields/FieldInput'
import { useTranslation } from '@/shared/i18n/translate'
import { useTicketActs } from '../data/acts'
import { useMissing } from '../data/missing'
import type { ActProps } from './Acts'

export function ClosingDialog({ ticket, onClose, onCloseTicket }: ActProps & { onCloseTicket: () => void }) {
  const { t } = useTranslation(['acts', 'common'])
  const missing = useMissing()
  const tags = useTags()
  const fields = useFields('ticket').filter(({ key }) => missing.fields.includes(key))
  const { tag, fill } = useTicketActs(ticket.id)
  const [values, setValues] = useState<Record<string, unknown>>({})
  const [chosen, setChosen] = useState<string[]>([])
  const isReady =
    (!missing.tag || chosen.length > 0) &&
    fields.every(({ key }) => values[key] != null && values[key] !== '')

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    try {
      if (fields.length > 0) await fill.mutateAsync(values)
      if (missing.tag) await tag.mutateAsync([...ticket.tags, ...chosen.map(Number)])
    } catch {
      return // said already; what was filled in stays
    }
    onClose()
    onCloseTicket()
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('closing.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <span className="hd-muted">{t('closing.text')}</span>
          {missing.tag && (
            <MultiSelect
              data-autofocus
              label={t('closing.tags')}
              data={tags.map(({ id, name }) => ({ value: String(id), label: name }))}
              value={chosen}
              onChange={setChosen}
              searchable
              required
            />
          )}
          {fields.map((field) => (
            <FieldInput
              key={field.key}
              field={field}
              isRequired
              value={values[field.key]}
              onChange={(value) => setValues((before) => ({ ...before, [field.key]: value }))}
            />
          ))}
        </Stack>
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            type="submit"
            disabled={!isReady}
            loading={fill.isPending || tag.isPending}
            data-testid="closing-confirm"
          >
            {t('closing.confirm')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
