/** What a number says by itself: its greeting, its menu, its hours and its farewell. */
import { NativeSelect } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { hoursQuery, menusQuery } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { VariableField } from '@/shared/variables/VariableField'
import classes from './connections.module.css'
import type { ConnectionValues } from './queries'

interface AutomationFieldsProps {
  form: UseFormReturnType<ConnectionValues>
  isReadOnly: boolean
}

export function AutomationFields({ form, isReadOnly }: AutomationFieldsProps) {
  const { t } = useTranslation('connections')
  const menus = useQuery(menusQuery).data ?? []
  const hours = useQuery(hoursQuery).data ?? []
  const choices = (rows: { id: number; name: string }[], none: string) => [
    { value: '', label: none },
    ...rows.map(({ id, name }) => ({ value: String(id), label: name })),
  ]
  const text = (name: 'greeting' | 'farewell' | 'out_of_hours') => ({
    label: t(`automation.${name}`),
    description: t(`automation.${name}_hint`),
    value: form.values[name],
    onChange: (value: string) => form.setFieldValue(name, value),
    error: form.errors[name],
    isReadOnly,
  })
  return (
    <section className={classes.credentials} aria-label={t('automation.title')}>
      <h3 className={classes.subtitle}>{t('automation.title')}</h3>
      <NativeSelect
        label={t('automation.menu')}
        description={t('automation.menu_hint')}
        data={choices(menus, t('automation.noMenu'))}
        {...form.getInputProps('menu')}
      />
      <VariableField {...text('greeting')} />
      <NativeSelect
        label={t('automation.hours')}
        description={t('automation.hours_hint')}
        data={choices(hours, t('automation.companyHours'))}
        {...form.getInputProps('hours')}
      />
      {form.values.hours && <VariableField {...text('out_of_hours')} />}
      <VariableField {...text('farewell')} />
    </section>
  )
}
