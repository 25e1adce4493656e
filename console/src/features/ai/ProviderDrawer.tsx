/** Add or edit a provider: address and key, models, prices, budget; and the button that tries it. */
import { useForm } from '@mantine/form'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { useCan } from '@/shared/session/store'
import { DeleteAfterAsking } from '@/shared/ui/DeleteAfterAsking'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { toast } from '@/shared/ui/toast'
import { AccountFields, BudgetFields } from './fields'
import { ModelFields } from './ModelFields'
import { PriceFields } from './PriceFields'
import { type Provider, useProviderChanges } from './queries'
import { TryIt } from './TryIt'
import { bodyOf, type ProviderValues, valuesOf } from './values'

interface ProviderDrawerProps {
  provider: Provider | null
  onSaved: (provider: Provider) => void
  onClose: () => void
}

export function ProviderDrawer({ provider, onSaved, onClose }: ProviderDrawerProps) {
  const { t } = useTranslation('ai')
  const canWrite = useCan('ai.write')
  const errorText = useErrorText()
  const { save, remove } = useProviderChanges(provider)
  const form = useForm<ProviderValues>({
    initialValues: valuesOf(provider),
    validate: { name: (value) => (value.trim() ? null : t('nameMissing')) },
  })
  function submit(values: ProviderValues): void {
    save.mutate(bodyOf(values), {
      onSuccess: (saved) => {
        void toast({ message: t('saved', { name: saved.name }) })
        // A new one stays open: its models can be chosen now that it has a key.
        provider ? onClose() : onSaved(saved)
      },
      onError: (error) => showFieldErrors(form, error),
    })
  }
  const isElsewhere = save.isError && Object.keys(form.errors).length === 0
  return (
    <FormDrawer
      isOpen
      key={provider?.id ?? 'new'}
      size={560}
      title={provider ? provider.name : t('add')}
      onClose={onClose}
      onSubmit={form.onSubmit(submit)}
      isBusy={save.isPending}
      error={isElsewhere ? errorText(save.error) : null}
      isReadOnly={!canWrite}
      aside={
        provider &&
        canWrite && (
          <DeleteAfterAsking
            row={provider}
            remove={remove}
            label={t('delete')}
            title={t('deleteOne', { name: provider.name })}
            onDone={onClose}
          >
            {t('deleteText')}
          </DeleteAfterAsking>
        )
      }
      below={provider && canWrite && <TryIt provider={provider} isDirty={form.isDirty()} />}
    >
      <AccountFields form={form} provider={provider} />
      <ModelFields form={form} provider={provider} />
      <PriceFields form={form} unpriced={provider?.unpriced_models ?? []} />
      <BudgetFields form={form} />
    </FormDrawer>
  )
}
