/** One document: what it is called, what was read of it, reading it again, taking it away. */
import { Anchor, Button, Group } from '@mantine/core'
import { useForm } from '@mantine/form'
import { Link } from '@tanstack/react-router'
import type { KnowledgeDocument } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { formatNumber } from '@/shared/lib/dates'
import { showFieldErrors } from '@/shared/lib/forms'
import { useCan } from '@/shared/session/store'
import { DeleteAfterAsking } from '@/shared/ui/DeleteAfterAsking'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { IconRefresh } from '@/shared/ui/icons'
import { AboutFields } from './AboutFields'
import { type About, useDeleteDocument, useReread, useSaveDocument } from './queries'

export function DocumentDrawer({ document, onClose }: { document: KnowledgeDocument; onClose: () => void }) {
  const { t } = useTranslation('knowledge')
  const canWrite = useCan('knowledge.write')
  const errorText = useErrorText()
  const save = useSaveDocument(document.id)
  const remove = useDeleteDocument()
  const reread = useReread()
  const form = useForm<About>({
    initialValues: { name: document.name, sector: document.sector, language: document.language },
    validate: { name: (value) => (value.trim() ? null : t('missing')) },
  })
  const failed = save.error ?? reread.error
  const isBeingRead = document.state === 'reading' || document.state === 'queued'
  return (
    <FormDrawer
      isOpen
      title={document.name}
      onClose={onClose}
      isReadOnly={!canWrite}
      isBusy={save.isPending}
      error={failed && Object.keys(form.errors).length === 0 ? errorText(failed) : null}
      onSubmit={form.onSubmit((values) =>
        save.mutate(values, { onSuccess: onClose, onError: (error) => showFieldErrors(form, error) }),
      )}
      aside={
        canWrite && (
          <DeleteAfterAsking
            row={document}
            remove={remove}
            label={t('delete')}
            title={t('documents.deleteTitle')}
            onDone={onClose}
          >
            {t('documents.deleteText')}
          </DeleteAfterAsking>
        )
      }
      below={
        <>
          <p className="hd-muted">
            {document.state === 'failed'
              ? t(`documents.reasons.${document.reason}`)
              : t('documents.size', {
                  characters: formatNumber(document.characters),
                  passages: formatNumber(document.chunks),
                })}
          </p>
          <Group gap={8}>
            {document.chunks > 0 && (
              <Anchor
                component={Link}
                to="/knowledge/documents/$document"
                params={{ document: String(document.id) } as never}
              >
                {t('documents.open')}
              </Anchor>
            )}
            {canWrite && (
              <Button
                variant="default"
                leftSection={<IconRefresh size={16} />}
                loading={reread.isPending || isBeingRead}
                onClick={() => reread.mutate(document.id)}
              >
                {t('documents.reread')}
              </Button>
            )}
          </Group>
        </>
      }
    >
      <AboutFields form={form} />
    </FormDrawer>
  )
}
