/** Add or edit a policy: what is promised, for which tickets, and when people are warned. */
import { MultiSelect, NumberInput, Switch, TextInput } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import type { SlaPolicy } from '@/shared/api/types'
import { useConnections, useQueues } from '@/shared/directory/queries'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { useCan } from '@/shared/session/store'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { MinutesField } from '@/shared/ui/MinutesField'
import { toast } from '@/shared/ui/toast'
import { DeletePolicy } from './DeletePolicy'
import { type PolicyValues, PROMISES, useSavePolicy } from './queries'
import classes from './sla.module.css'

const YEAR = 60 * 24 * 366
const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const

interface PolicyDrawerProps {
  policy: SlaPolicy | null
  onClose: () => void
}

export function PolicyDrawer({ policy, onClose }: PolicyDrawerProps) {
  const { t } = useTranslation('sla')
  const canWrite = useCan('company.write')
  const errorText = useErrorText()
  const save = useSavePolicy(policy)
  const form = useForm<PolicyValues>({
    initialValues: valuesOf(policy),
    validate: {
      name: (value) => (value.trim() ? null : t('nameMissing')),
      first_reply_minutes: (_value, all) => (PROMISES.some((promise) => all[promise]) ? null : t('nothing')),
    },
  })
  function submit(values: PolicyValues): void {
    save.mutate(values, {
      onSuccess: ({ name }) => {
        onClose()
        void toast({ message: t('saved', { name }) })
      },
      onError: (error) => showFieldErrors(form, error),
    })
  }
  const isElsewhere = save.isError && Object.keys(form.errors).length === 0
  return (
    <FormDrawer
      isOpen
      size={520}
      title={policy ? policy.name : t('add')}
      onClose={onClose}
      onSubmit={form.onSubmit(submit)}
      isBusy={save.isPending}
      error={isElsewhere ? errorText(save.error) : null}
      isReadOnly={!canWrite}
      aside={policy && canWrite && <DeletePolicy policy={policy} onDone={onClose} />}
    >
      <TextInput label={t('name')} data-autofocus {...form.getInputProps('name')} />
      {PROMISES.map((promise) => (
        <MinutesField
          key={promise}
          label={t(`promises.${promise}`)}
          description={t(`promisesText.${promise}`)}
          placeholder={t('notPromised')}
          max={YEAR}
          {...form.getInputProps(promise)}
        />
      ))}
      <Switch
        label={t('businessHours')}
        description={t('businessHoursHint')}
        {...form.getInputProps('business_hours', { type: 'checkbox' })}
      />
      <NumberInput
        label={t('warn')}
        description={t('warnHint')}
        suffix=" %"
        min={1}
        max={99}
        allowDecimal={false}
        className={classes.percent}
        {...form.getInputProps('warn_percent')}
      />
      <Switch
        label={t('isDefault')}
        description={t('isDefaultHint')}
        {...form.getInputProps('is_default', { type: 'checkbox' })}
      />
      {!form.values.is_default && <Fitting form={form} />}
    </FormDrawer>
  )
}

/** Only tickets of these; an empty choice means any. */
function Fitting({ form }: { form: UseFormReturnType<PolicyValues> }) {
  const { t } = useTranslation(['sla', 'inbox'])
  const queues = useQueues()
  const connections = useConnections()
  const rows = (found: readonly { id: number; name: string }[]) =>
    found.map(({ id, name }) => ({ value: String(id), label: name }))
  return (
    <>
      <MultiSelect
        label={t('queues')}
        description={t('fittingHint')}
        placeholder={form.values.queues.length ? undefined : t('any')}
        data={rows(queues)}
        searchable
        {...form.getInputProps('queues')}
      />
      <MultiSelect
        label={t('priorities')}
        placeholder={form.values.priorities.length ? undefined : t('any')}
        data={PRIORITIES.map((value) => ({ value, label: t(`inbox:priorities.${value}`) }))}
        {...form.getInputProps('priorities')}
      />
      {(connections.length > 1 || form.values.connections.length > 0) && (
        <MultiSelect
          label={t('connections')}
          placeholder={form.values.connections.length ? undefined : t('any')}
          data={rows(connections)}
          searchable
          {...form.getInputProps('connections')}
        />
      )}
    </>
  )
}

function valuesOf(policy: SlaPolicy | null): PolicyValues {
  return {
    name: policy?.name ?? '',
    first_reply_minutes: policy ? policy.first_reply_minutes : 30,
    next_reply_minutes: policy?.next_reply_minutes ?? null,
    resolution_minutes: policy?.resolution_minutes ?? null,
    business_hours: policy?.business_hours ?? true,
    warn_percent: policy?.warn_percent ?? 80,
    is_default: policy?.is_default ?? false,
    queues: policy?.queues.map(String) ?? [],
    connections: policy?.connections.map(String) ?? [],
    priorities: policy?.priorities ?? [],
  }
}
