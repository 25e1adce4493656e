/** Which tags, which owner: asked before an act on many contacts begins. */
import { Button, Group, Modal, MultiSelect, SegmentedControl, Select } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useFields, useTags, useUsers } from '@/shared/directory/queries'
import { FieldInput } from '@/shared/fields/FieldInput'
import { useTranslation } from '@/shared/i18n/translate'
import type { Act } from '../bulk'

interface BulkDialogProps {
  /** Who is meant: "12 chosen". */
  title: string
  isBusy: boolean
  onRun: (action: Act, params: object) => void
  onClose: () => void
}

const NOBODY = 'nobody'

export function TagDialog({ title, isBusy, onRun, onClose }: BulkDialogProps) {
  const { t } = useTranslation('contacts')
  const tags = useTags()
  const [action, setAction] = useState<'tag' | 'untag'>('tag')
  const [chosen, setChosen] = useState<string[]>([])
  return (
    <Dialog
      title={title}
      confirm={t(`bulk.acts.${action}`)}
      isBusy={isBusy}
      isReady={chosen.length > 0}
      onSubmit={() => onRun(action, { tags: chosen.map(Number) })}
      onClose={onClose}
    >
      <SegmentedControl
        fullWidth
        mb="sm"
        aria-label={t('bulk.tag')}
        value={action}
        onChange={(value) => setAction(value === 'untag' ? 'untag' : 'tag')}
        data={(['tag', 'untag'] as const).map((value) => ({ value, label: t(`bulk.acts.${value}`) }))}
      />
      <MultiSelect
        data-autofocus
        label={t('tags')}
        searchable
        hidePickedOptions
        data={tags.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={chosen}
        onChange={setChosen}
        nothingFoundMessage={t('noTags')}
      />
    </Dialog>
  )
}

export function OwnerDialog({ title, isBusy, onRun, onClose }: BulkDialogProps) {
  const { t } = useTranslation('contacts')
  const users = useUsers()
  const [owner, setOwner] = useState<string | null>(null)
  return (
    <Dialog
      title={title}
      confirm={t('bulk.acts.owner')}
      isBusy={isBusy}
      isReady={owner !== null}
      onSubmit={() => onRun('owner', { owner: owner === NOBODY ? null : Number(owner) })}
      onClose={onClose}
    >
      <Select
        data-autofocus
        label={t('owner')}
        description={t('ownerHint')}
        searchable
        data={[
          { value: NOBODY, label: t('nobody') },
          ...users
            .filter(({ is_active }) => is_active)
            .map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        value={owner}
        onChange={setOwner}
      />
    </Dialog>
  )
}

export function FieldDialog({ title, isBusy, onRun, onClose }: BulkDialogProps) {
  const { t } = useTranslation('contacts')
  const fields = useFields('contact')
  const [key, setKey] = useState<string | null>(fields[0]?.key ?? null)
  const [value, setValue] = useState<unknown>(null)
  const field = fields.find((one) => one.key === key)
  return (
    <Dialog
      title={title}
      confirm={t(value === null ? 'bulk.empty' : 'bulk.acts.field')}
      isBusy={isBusy}
      isReady={field !== undefined}
      onSubmit={() => onRun('field', { field: key, value })}
      onClose={onClose}
    >
      <Select
        mb="sm"
        label={t('bulk.field')}
        allowDeselect={false}
        data={fields.map((one) => ({ value: one.key, label: one.label }))}
        value={key}
        onChange={(chosen) => {
          setKey(chosen)
          setValue(null)
        }}
      />
      {field && <FieldInput key={field.key} field={field} value={value} onChange={setValue} />}
    </Dialog>
  )
}

interface DialogProps {
  title: string
  confirm: string
  isBusy: boolean
  isReady: boolean
  onSubmit: () => void
  onClose: () => void
  children: React.ReactNode
}

function Dialog({ title, confirm, isBusy, isReady, onSubmit, onClose, children }: DialogProps) {
  const { t } = useTranslation(['contacts', 'common'])
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (isReady) onSubmit()
  }
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form onSubmit={submit}>
        {children}
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={isBusy} disabled={!isReady}>
            {confirm}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
