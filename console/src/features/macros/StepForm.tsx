/** The values of one step, by its kind. */
import { MultiSelect, NativeSelect, Select, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { quickRepliesQuery } from '@/shared/answers/queries'
import { useQueues, useTags, useUsers } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { VariableField } from '@/shared/variables/VariableField'
import { FieldStep } from './FieldStep'
import classes from './macros.module.css'
import { SnoozeStep } from './SnoozeStep'
import type { DraftStep, StepValues } from './steps'

export interface StepFormProps {
  step: DraftStep
  onChange: (values: StepValues) => void
  isReadOnly: boolean
}

const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const

export function StepForm(props: StepFormProps) {
  switch (props.step.kind) {
    case 'reply':
    case 'note':
      return <WordsStep {...props} />
    case 'quick_reply':
      return <QuickReplyStep {...props} />
    case 'add_tags':
    case 'remove_tags':
      return <TagsStep {...props} />
    case 'priority':
      return <PriorityStep {...props} />
    case 'field':
      return <FieldStep {...props} />
    case 'snooze':
      return <SnoozeStep {...props} />
    case 'transfer':
      return <TransferStep {...props} />
    case 'close':
      return <CloseStep {...props} />
    case 'assign_to_me':
      return null
  }
}

function WordsStep({ step, onChange, isReadOnly }: StepFormProps) {
  const { t } = useTranslation('macros')
  const isNote = step.kind === 'note'
  return (
    <VariableField
      label={t(isNote ? 'noteText' : 'replyText')}
      previewLabel={isNote ? t('colleagues') : undefined}
      value={step.body ?? ''}
      onChange={(body) => onChange({ body })}
      isReadOnly={isReadOnly}
      maxLength={4096}
    />
  )
}

function QuickReplyStep({ step, onChange }: StepFormProps) {
  const { t } = useTranslation('macros')
  const { data: replies = [] } = useQuery(quickRepliesQuery)
  return (
    <Select
      searchable
      label={t('quickReply')}
      placeholder={t('choose')}
      nothingFoundMessage={t('nothingFound')}
      data={replies.map(({ id, shortcut, title }) => ({ value: String(id), label: `/${shortcut} ${title}` }))}
      value={step.quick_reply ? String(step.quick_reply) : null}
      onChange={(value) => onChange({ quick_reply: value ? Number(value) : null })}
      comboboxProps={{ withinPortal: true, zIndex: 400 }}
    />
  )
}

function TagsStep({ step, onChange }: StepFormProps) {
  const { t } = useTranslation('macros')
  const tags = useTags()
  return (
    <MultiSelect
      searchable
      label={t('tags')}
      nothingFoundMessage={t('nothingFound')}
      data={tags.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={(step.tags ?? []).map(String)}
      onChange={(values) => onChange({ tags: values.map(Number) })}
      comboboxProps={{ withinPortal: true, zIndex: 400 }}
    />
  )
}

function PriorityStep({ step, onChange }: StepFormProps) {
  const { t } = useTranslation('macros')
  return (
    <NativeSelect
      label={t('priority')}
      value={step.priority ?? 'normal'}
      data={PRIORITIES.map((value) => ({ value, label: t(`priorities.${value}`) }))}
      onChange={(event) => onChange({ priority: event.currentTarget.value })}
    />
  )
}

function TransferStep({ step, onChange, isReadOnly }: StepFormProps) {
  const { t } = useTranslation('macros')
  const queues = useQueues()
  const users = useUsers().filter(({ is_active }) => is_active)
  const choices = (rows: readonly { id: number; name: string }[]) => [
    { value: '', label: t('none') },
    ...rows.map(({ id, name }) => ({ value: String(id), label: name })),
  ]
  return (
    <div className={classes.fields}>
      <div className={classes.pair}>
        <NativeSelect
          label={t('queue')}
          value={String(step.queue ?? '')}
          data={choices(queues)}
          onChange={(event) => onChange({ queue: Number(event.currentTarget.value) || null })}
        />
        <NativeSelect
          label={t('agent')}
          value={String(step.agent ?? '')}
          data={choices(users)}
          onChange={(event) => onChange({ agent: Number(event.currentTarget.value) || null })}
        />
      </div>
      <VariableField
        label={t('transferNote')}
        previewLabel={t('colleagues')}
        value={step.note ?? ''}
        onChange={(note) => onChange({ note })}
        isReadOnly={isReadOnly}
        maxLength={4096}
      />
    </div>
  )
}

function CloseStep({ step, onChange }: StepFormProps) {
  const { t } = useTranslation('macros')
  return (
    <Switch
      label={t('silent')}
      description={t('silentHelp')}
      checked={step.silent ?? false}
      onChange={(event) => onChange({ silent: event.currentTarget.checked })}
    />
  )
}
