/** When it has the word. */
import { MultiSelect, NumberInput, Select } from '@mantine/core'
import { useConnections, useQueues } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { Section } from '@/shared/ui/Section'
import type { EditorForm } from './editing'

const HOURS = ['always', 'open', 'closed'] as const

export function DutyFields({ form }: { form: EditorForm }) {
  const { t } = useTranslation('assistants')
  const queues = useQueues().map(({ id, name }) => ({ value: String(id), label: name }))
  const connections = useConnections().map(({ id, name }) => ({ value: String(id), label: name }))
  const { values } = form
  return (
    <Section title={t('duty')} description={t('dutyText')}>
      <MultiSelect
        label={t('queues')}
        data={queues}
        placeholder={values.queues.length > 0 ? undefined : t('queuesAll')}
        searchable
        {...form.getInputProps('queues')}
      />
      <MultiSelect
        label={t('connections')}
        data={connections}
        placeholder={values.connections.length > 0 ? undefined : t('connectionsAll')}
        searchable
        {...form.getInputProps('connections')}
      />
      <Select
        label={t('acts')}
        allowDeselect={false}
        data={HOURS.map((value) => ({ value, label: t(`hours.${value}`) }))}
        {...form.getInputProps('hours')}
      />
      <NumberInput
        label={t('debounce')}
        description={t('debounceHelp')}
        min={0}
        max={60}
        {...form.getInputProps('debounce_seconds')}
      />
      <NumberInput
        label={t('threshold')}
        description={t('thresholdHelp')}
        min={0}
        max={100}
        suffix=" %"
        {...form.getInputProps('exam_threshold')}
      />
    </Section>
  )
}
