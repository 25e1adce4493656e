/** The name of a view, its colour, and whether colleagues have it too. */
import { Button, Group, Modal, Stack, Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { useCan } from '@/shared/session/store'
import { ColorField } from '@/shared/ui/ColorField'
import { readableColors } from '@/shared/ui/colors'
import { toast } from '@/shared/ui/toast'
import { useInboxAddress } from '../useInboxAddress'
import type { Group as Filter } from './filter'
import type { Sort } from './order'
import { useSaveView, type View, type ViewValues } from './views'

interface ViewDialogProps {
  /** The one to rename, or none for a new one of this filter. */
  view: View | null
  filter?: Filter | undefined
  sort?: Sort
  onClose: () => void
}

export function ViewDialog({ view, filter, sort, onClose }: ViewDialogProps) {
  const { t } = useTranslation(['finding', 'common'])
  const errorText = useErrorText()
  const { change } = useInboxAddress()
  const mayShare = useCan('views.write')
  const save = useSaveView()
  const form = useForm<ViewValues>({
    initialValues: {
      name: view?.name ?? '',
      color: view?.color ?? readableColors[0].value,
      is_shared: view?.kind === 'shared',
    },
    validate: { name: (value) => (value.trim() ? null : t('nameMissing')) },
  })

  function submit(values: ViewValues): void {
    const what = view?.row ? { id: view.row.id } : { filter, ...(sort && { sort }) }
    save.mutate(
      { ...values, ...what },
      {
        onSuccess: (row) => {
          if (!view) change({ tab: 'any', view: row.id, filter, sort }, { replace: true })
          void toast({ message: t('saved', { name: row.name }) })
          onClose()
        },
        onError: (error) => {
          if (!showFieldErrors(form, error)) void toast({ message: errorText(error), tone: 'danger' })
        },
      },
    )
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t(view ? 'editView' : 'save')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={form.onSubmit(submit)} noValidate>
        <Stack gap="md">
          <TextInput
            data-autofocus
            label={t('viewName')}
            maxLength={60}
            {...form.getInputProps('name')}
            data-testid="view-name"
          />
          <ColorField {...form.getInputProps('color')} />
          {mayShare && (
            <Switch
              label={t('share')}
              description={t('shareHelp')}
              {...form.getInputProps('is_shared', { type: 'checkbox' })}
            />
          )}
        </Stack>
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} data-testid="view-save">
            {t('common:save')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
