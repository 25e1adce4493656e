/** Where the provider is, with which key; and what it may cost in a month. */
import { NativeSelect, NumberInput, PasswordInput, Switch, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './ai.module.css'
import type { Provider } from './queries'
import type { ProviderValues } from './values'

export interface FieldsProps {
  form: UseFormReturnType<ProviderValues>
  provider: Provider | null
}

export function AccountFields({ form, provider }: FieldsProps) {
  const { t } = useTranslation('ai')
  const hasKey = Boolean(provider?.key_end)
  return (
    <>
      {provider?.is_scripted && <p className={classes.note}>{t('scriptedText')}</p>}
      <TextInput label={t('name')} required maxLength={80} data-autofocus {...form.getInputProps('name')} />
      <NativeSelect
        label={t('kind')}
        data={[
          { value: 'openai', label: t('kinds.openai') },
          { value: 'assemblyai', label: t('kinds.assemblyai') },
        ]}
        {...form.getInputProps('kind')}
      />
      <TextInput
        label={t('address')}
        description={t('addressHint')}
        placeholder="https://api.openai.com/v1"
        inputMode="url"
        {...form.getInputProps('base_url')}
      />
      <PasswordInput
        label={t('key')}
        description={hasKey ? t('keyKept', { end: provider?.key_end }) : t('keyHint')}
        autoComplete="off"
        {...form.getInputProps('api_key')}
      />
      <Switch label={t('isOn')} {...form.getInputProps('is_on', { type: 'checkbox' })} />
      <Switch
        label={t('isDefault')}
        description={t('isDefaultHint')}
        disabled={provider?.is_default}
        {...form.getInputProps('is_default', { type: 'checkbox' })}
      />
    </>
  )
}

export function BudgetFields({ form }: Pick<FieldsProps, 'form'>) {
  const { t } = useTranslation('ai')
  return (
    <section className={classes.part} aria-label={t('budget')}>
      <h3 className={classes.partTitle}>{t('budget')}</h3>
      <div className={classes.row}>
        <TextInput
          label={t('monthlyBudget')}
          placeholder={t('noLimit')}
          inputMode="decimal"
          {...form.getInputProps('monthly_budget')}
        />
        <TextInput label={t('currency')} maxLength={3} {...form.getInputProps('currency')} />
        <NumberInput
          label={t('warnAt')}
          min={1}
          max={100}
          suffix=" %"
          allowDecimal={false}
          {...form.getInputProps('warn_percent')}
        />
      </div>
      <Switch
        label={t('stopAtBudget')}
        description={t('stopAtBudgetHint')}
        {...form.getInputProps('stop_at_budget', { type: 'checkbox' })}
      />
    </section>
  )
}
