/** The values of a call: each with its type, its place, and who gives it. */
import { ActionIcon, Button, Checkbox, Select, TagsInput, TextInput } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { IconPlus, IconTrash } from '@/shared/ui/icons'
import classes from './assistants.module.css'
import type { Argument } from './queries'

const TYPES = ['string', 'number', 'integer', 'boolean', 'enum'] as const
const PLACES = ['url', 'query', 'body'] as const
const SOURCES = ['model', 'contact.number', 'contact.email', 'contact.name', 'ticket.number', 'code'] as const

interface ArgumentsEditorProps {
  value: Argument[]
  onChange: (value: Argument[]) => void
}

export function ArgumentsEditor({ value, onChange }: ArgumentsEditorProps) {
  const { t } = useTranslation('assistants')
  const put = (at: number, part: Partial<Argument>) =>
    onChange(value.map((one, index) => (index === at ? { ...one, ...part } : one)))
  const fresh: Argument = {
    name: '',
    type: 'string',
    description: '',
    required: true,
    choices: [],
    place: 'query',
    source: 'model',
  }
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{t('http.arguments')}</legend>
      <p className={classes.muted}>{t('http.argumentsHelp')}</p>
      {value.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no other identity while they are written
        <div key={at} className={classes.argument}>
          <OneArgument one={one} onPut={(part) => put(at, part)} />
          <ActionIcon
            variant="subtle"
            color="red"
            aria-label={t('http.removeArgument', { name: one.name })}
            onClick={() => onChange(value.filter((_, index) => index !== at))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...value, fresh])}
      >
        {t('http.addArgument')}
      </Button>
    </fieldset>
  )
}

function OneArgument({ one, onPut }: { one: Argument; onPut: (part: Partial<Argument>) => void }) {
  const { t } = useTranslation('assistants')
  const isModels = one.source === 'model'
  return (
    <div className={classes.argumentFields}>
      <TextInput
        label={t('http.argumentName')}
        value={one.name}
        maxLength={40}
        onChange={({ currentTarget }) => onPut({ name: currentTarget.value })}
      />
      <Select
        label={t('http.type')}
        allowDeselect={false}
        value={one.type}
        data={TYPES.map((value) => ({ value, label: t(`http.types.${value}`) }))}
        onChange={(type) => type && onPut({ type: type as Argument['type'] })}
      />
      <Select
        label={t('http.place')}
        allowDeselect={false}
        value={one.place}
        data={PLACES.map((value) => ({ value, label: t(`http.places.${value}`) }))}
        onChange={(place) => place && onPut({ place: place as Argument['place'] })}
      />
      <Select
        label={t('http.source')}
        allowDeselect={false}
        value={one.source ?? 'model'}
        data={SOURCES.map((value) => ({ value, label: t(`http.sources.${value.replace('.', '_')}`) }))}
        onChange={(source) => source && onPut({ source: source as Argument['source'] })}
      />
      {isModels && (
        <TextInput
          className={classes.wide}
          label={t('http.argumentDescription')}
          value={one.description ?? ''}
          maxLength={300}
          onChange={({ currentTarget }) => onPut({ description: currentTarget.value })}
        />
      )}
      {isModels && one.type === 'enum' && (
        <TagsInput
          className={classes.wide}
          label={t('http.choices')}
          value={one.choices ?? []}
          onChange={(choices) => onPut({ choices })}
        />
      )}
      {isModels && (
        <Checkbox
          className={classes.wide}
          label={t('http.required')}
          checked={one.required ?? true}
          onChange={({ currentTarget }) => onPut({ required: currentTarget.checked })}
        />
      )}
    </div>
  )
}
