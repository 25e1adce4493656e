/** Somebody who has not written yet. */
import { Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useNavigate } from '@tanstack/react-router'
import { isApiError } from '@/shared/api/errors'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { phoneDigits } from '@/shared/lib/phone'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { useAddContact } from '../queries'

const BLANK = { name: '', number: '', email: '', notes: '' }

export function NewContactDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('contacts')
  const errorText = useErrorText()
  const navigate = useNavigate()
  const add = useAddContact()
  const form = useForm<typeof BLANK & Record<string, unknown>>({ initialValues: BLANK })
  const open = (id: number | string) =>
    void navigate({ to: '/contacts/$contact', params: { contact: String(id) } })
  const isElsewhere = add.isError && Object.keys(form.errors).length === 0
  return (
    <FormDrawer
      isOpen
      title={t('add')}
      onClose={onClose}
      onSubmit={form.onSubmit((values) =>
        add.mutate(
          { ...values, number: phoneDigits(values.number) },
          {
            onSuccess: ({ id }) => open(id),
            onError: (error) => {
              const known = isApiError(error) && error.code === 'contact_exists' && error.fields.contact?.[0]
              if (known) form.setFieldError('number', t('numberTaken'))
              else showFieldErrors(form, error)
            },
          },
        ),
      )}
      isBusy={add.isPending}
      error={isElsewhere ? errorText(add.error) : null}
    >
      <TextInput label={t('name')} autoComplete="off" data-autofocus {...form.getInputProps('name')} />
      <TextInput
        label={t('columns.number')}
        description={t('numberHint')}
        type="tel"
        autoComplete="off"
        {...form.getInputProps('number')}
      />
      <TextInput label={t('email')} type="email" autoComplete="off" {...form.getInputProps('email')} />
      <Textarea
        label={t('about')}
        description={t('aboutHint')}
        autosize
        minRows={2}
        maxRows={8}
        {...form.getInputProps('notes')}
      />
    </FormDrawer>
  )
}
