/** A document that is no file: an address to be fetched, or a text. */
import { Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { AboutFields } from './AboutFields'
import { type Language, useAddDocument } from './queries'

export function AddDrawer({ kind, onClose }: { kind: 'url' | 'text'; onClose: () => void }) {
  const { t } = useTranslation('knowledge')
  const errorText = useErrorText()
  const add = useAddDocument()
  const form = useForm({
    initialValues: { name: '', sector: '', language: '' as Language, url: '', text: '' },
    validate: {
      name: (value) => (kind === 'url' || value.trim() ? null : t('missing')),
      url: (value) => (kind === 'text' || /^https?:\/\/\S+$/.test(value) ? null : t('documents.urlWrong')),
      text: (value) => (kind === 'url' || value.trim() ? null : t('missing')),
    },
  })
  const isElsewhere = add.isError && Object.keys(form.errors).length === 0
  return (
    <FormDrawer
      isOpen
      size={560}
      title={t(kind === 'url' ? 'documents.addUrl' : 'documents.addText')}
      onClose={onClose}
      isBusy={add.isPending}
      error={isElsewhere ? errorText(add.error) : null}
      onSubmit={form.onSubmit(({ name, sector, language, url, text }) =>
        add.mutate(
          { sector, language, ...(name && { name }), ...(kind === 'url' ? { url } : { text }) },
          { onSuccess: onClose, onError: (error) => showFieldErrors(form, error) },
        ),
      )}
    >
      {kind === 'url' && (
        <TextInput
          label={t('documents.url')}
          placeholder="https://"
          data-autofocus
          {...form.getInputProps('url')}
        />
      )}
      <AboutFields form={form} />
      {kind === 'text' && (
        <Textarea
          label={t('documents.body')}
          autosize
          minRows={8}
          maxRows={20}
          {...form.getInputProps('text')}
        />
      )}
    </FormDrawer>
  )
}
