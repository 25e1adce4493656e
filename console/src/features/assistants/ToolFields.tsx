/** What it may look up and do, each with what that means; nothing leaves without the rules of the ticket. */
import { Checkbox, MultiSelect, Switch, TagsInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useFields, useQueues, useTags } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { Section } from '@/shared/ui/Section'
import type { EditorForm } from './editing'
import { toolsQuery } from './queries'

const OURS = [
  'look_up_tickets',
  'set_tag',
  'set_field',
  'transfer_queue',
  'close_ticket',
  'schedule_message',
  'verify_customer',
] as const

export function ToolFields({ form }: { form: EditorForm }) {
  const { t } = useTranslation('assistants')
  const theirs = useQuery(toolsQuery).data ?? []
  const { tools, uses_knowledge } = form.values
  return (
    <Section title={t('tools.title')} description={t('tools.text')}>
      <Switch
        label={t('knowledge')}
        description={t('knowledgeHelp')}
        {...form.getInputProps('uses_knowledge', { type: 'checkbox' })}
      />
      {uses_knowledge && (
        <TagsInput label={t('sectors')} description={t('sectorsHelp')} {...form.getInputProps('sectors')} />
      )}
      <Checkbox.Group label={t('tools.ours')} {...form.getInputProps('tools')}>
        {OURS.map((name) => (
          <Checkbox
            key={name}
            value={name}
            mt="xs"
            label={t(`tools.${name}`)}
            description={t(`tools.${name}_help`)}
          />
        ))}
        {theirs.map(({ name, description }) => (
          <Checkbox key={name} value={name} mt="xs" label={name} description={description} />
        ))}
      </Checkbox.Group>
      <Narrowing form={form} tools={tools} hooks={theirs.map(({ name }) => name)} />
    </Section>
  )
}

/** Which tags, fields and queues a tool may touch; none chosen means all. */
function Narrowing({ form, tools, hooks }: { form: EditorForm; tools: string[]; hooks: string[] }) {
  const { t } = useTranslation('assistants')
  const tags = useTags().map(({ id, name }) => ({ value: String(id), label: name }))
  const fields = useFields('ticket').map(({ key, label }) => ({ value: key, label }))
  const queues = useQueues().map(({ id, name }) => ({ value: String(id), label: name }))
  const rows = [
    { tool: 'set_tag', field: 'tags', data: tags },
    { tool: 'set_field', field: 'fields', data: fields },
    { tool: 'transfer_queue', field: 'queuesToTransfer', data: queues },
    { tool: 'verify_customer', field: 'hook', data: hooks },
  ].filter(({ tool }) => tools.includes(tool))
  return rows.map(({ tool, field, data }) => (
    <MultiSelect
      key={tool}
      label={t(`only.${tool}`)}
      placeholder={(form.values[field] as string[]).length > 0 ? undefined : t(`only.${tool}_all`)}
      data={data}
      maxValues={tool === 'verify_customer' ? 1 : undefined}
      searchable
      {...form.getInputProps(field)}
    />
  ))
}
