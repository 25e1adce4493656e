/** What one option of a menu is called, says and does. */
import { Button, NativeSelect, Switch, TextInput } from '@mantine/core'
import { useQueues, useUsers } from '@/shared/directory/queries'
import { FilesField } from '@/shared/files/FilesField'
import { useTranslation } from '@/shared/i18n/translate'
import { IconTrash } from '@/shared/ui/icons'
import { Section } from '@/shared/ui/Section'
import { VariableField } from '@/shared/variables/VariableField'
import classes from './menus.module.css'
import { type DraftOption, KINDS, type OptionKind, type Place } from './tree'

interface OptionEditorProps {
  option: DraftOption
  place: Place
  onChange: (changes: Partial<DraftOption>) => void
  onRemove: () => void
}

export function OptionEditor({ option, place, onChange, onRemove }: OptionEditorProps) {
  const { t } = useTranslation('automation')
  const { kind, options } = option
  const number = place.map((position) => position + 1).join('.')
  const remove = (
    <Button variant="subtle" color="red" size="xs" leftSection={<IconTrash size={14} />} onClick={onRemove}>
      {t('menus.removeOption')}
    </Button>
  )
  return (
    <Section title={t('menus.option', { number })} aside={remove}>
      <div className={classes.fields}>
        <TextInput
          label={t('menus.optionTitle')}
          description={t('menus.optionTitleHint')}
          maxLength={60}
          autoFocus={!option.title}
          value={option.title}
          onChange={(event) => onChange({ title: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('menus.does')}
          description={t(`menus.kindTexts.${kind}`)}
          value={kind}
          data={KINDS.map((value) => ({ value, label: t(`menus.kinds.${value}`) }))}
          onChange={(event) => onChange(changesOf(event.currentTarget.value as OptionKind, options))}
        />
        {(kind === 'queue' || kind === 'agent') && <Where option={option} onChange={onChange} />}
        <VariableField
          label={t('menus.says')}
          description={t(kind === 'queue' ? 'menus.saysQueueHint' : 'menus.saysHint')}
          value={option.text}
          onChange={(text) => onChange({ text })}
        />
        <FilesField files={option.files} onChange={(files) => onChange({ files })} />
        {kind !== 'close' && kind !== 'agent' && options.length === 0 && (
          <Switch
            label={t('menus.closes')}
            description={t('menus.closesHint')}
            checked={option.closes}
            onChange={(event) => onChange({ closes: event.currentTarget.checked })}
          />
        )}
      </div>
    </Section>
  )
}

/** What ends the walk cannot keep options below it. */
function changesOf(kind: OptionKind, options: DraftOption[]): Partial<DraftOption> {
  return { kind, closes: kind === 'close', options: kind === 'close' || kind === 'agent' ? [] : options }
}

type PartProps = Pick<OptionEditorProps, 'option' | 'onChange'>

function Where({ option, onChange }: PartProps) {
  const { t } = useTranslation('automation')
  const queues = useQueues()
  const users = useUsers().filter(({ is_active }) => is_active)
  const choices = (rows: { id: number; name: string }[], none: string) => [
    { value: '', label: none },
    ...rows.map(({ id, name }) => ({ value: String(id), label: name })),
  ]
  const chosen = (value: string) => (value ? Number(value) : null)
  return (
    <>
      {option.kind === 'agent' && (
        <NativeSelect
          label={t('menus.agent')}
          value={String(option.agent ?? '')}
          data={choices(users, t('menus.choose'))}
          onChange={(event) => onChange({ agent: chosen(event.currentTarget.value) })}
        />
      )}
      <NativeSelect
        label={t('menus.queue')}
        value={String(option.queue ?? '')}
        data={choices(queues, t(option.kind === 'queue' ? 'menus.choose' : 'menus.noQueue'))}
        onChange={(event) => onChange({ queue: chosen(event.currentTarget.value) })}
      />
    </>
  )
}
