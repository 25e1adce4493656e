/** One setting of the company, drawn by its type. */
import { NativeSelect, NumberInput, Switch, Textarea } from '@mantine/core'
import type { SettingSchema } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './forms.module.css'

interface SettingFieldProps {
  setting: SettingSchema
  value?: unknown
  error?: React.ReactNode
  onChange?: (value: never) => void
}

export function SettingField({ setting, value, error, onChange }: SettingFieldProps) {
  const { label, help, choiceLabel } = useSettingWords(setting)
  const change = onChange as ((value: unknown) => void) | undefined
  const common = { label, description: help || undefined, error, className: classes.setting }
  switch (KINDS[setting.type]) {
    case 'switch':
      return (
        <Switch
          {...common}
          checked={Boolean(value)}
          onChange={(event) => change?.(event.currentTarget.checked)}
        />
      )
    case 'number':
      return (
        <NumberInput
          {...common}
          value={Number(value)}
          onChange={change}
          allowDecimal={false}
          min={setting.minimum ?? undefined}
          max={setting.maximum ?? undefined}
          styles={{ wrapper: { maxWidth: 240 } }}
        />
      )
    case 'choice':
      return (
        <NativeSelect
          {...common}
          value={String(value)}
          data={(setting.choices ?? []).map((choice) => ({ value: choice, label: choiceLabel(choice) }))}
          onChange={(event) => change?.(event.currentTarget.value)}
        />
      )
    case 'long':
      return (
        <Textarea
          {...common}
          value={String(value ?? '')}
          onChange={change}
          autosize
          minRows={2}
          maxRows={8}
        />
      )
    default:
      // A kind that this build does not know yet is left alone rather than written wrongly.
      return null
  }
}

type FieldKind = 'switch' | 'number' | 'choice' | 'long'

const KINDS: Record<string, FieldKind> = {
  boolean: 'switch',
  integer: 'number',
  choice: 'choice',
  text: 'long',
}

/** Our own words when we have them, else what the server calls the setting. */
function useSettingWords({ key, label, help }: SettingSchema) {
  const { t } = useTranslation('settings')
  return {
    label: t(`known.${key}.label`, { defaultValue: label }),
    help: t(`known.${key}.help`, { defaultValue: help }),
    choiceLabel: (choice: string) => t(`known.${key}.choices.${choice}`, { defaultValue: choice }),
  }
}
