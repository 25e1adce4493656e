/** Write or correct an answer. Saving an answer that waited accepts it. */
import { Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { KnowledgeAnswer } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { useCan } from '@/shared/session/store'
import { DeleteAfterAsking } from '@/shared/ui/DeleteAfterAsking'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { SectorField } from './AboutFields'
import { type AnswerFields, useDeleteAnswer, useSaveAnswer } from './queries'

export function AnswerDrawer({ answer, onClose }: { answer: KnowledgeAnswer | null; onClose: () => void }) {
  const { t } = useTranslation('knowledge')
  const canWrite = useCan('knowledge.write')
  const errorText = useErrorText()
  const save = useSaveAnswer(answer?.id ?? null)
  const remove = useDeleteAnswer()
  const form = useForm<AnswerFields>({
    initialValues: {
      question: answer?.question ?? '',
      answer: answer?.answer ?? '',
      sector: answer?.sector ?? '',
    },
    validate: {
      question: (value) => (value.trim() ? null : t('missing')),
      answer: (value) => (value.trim() ? null : t('missing')),
    },
  })
  const isWaiting = answer?.validated_by === 'pending'
  const isElsewhere = save.isError && Object.keys(form.errors).length === 0
  return (
    <FormDrawer
      isOpen
      size={560}
      title={t(answer ? 'answers.one' : 'answers.add')}
      onClose={onClose}
      isReadOnly={!canWrite}
      isBusy={save.isPending}
      error={isElsewhere ? errorText(save.error) : null}
      {...(isWaiting && { submitLabel: t('review.accept') })}
      onSubmit={form.onSubmit((values) =>
        save.mutate(
          { ...values, validated_by: 'human' },
          { onSuccess: onClose, onError: (error) => showFieldErrors(form, error) },
        ),
      )}
      aside={
        answer &&
        canWrite && (
          <DeleteAfterAsking
            row={answer}
            remove={remove}
            label={t('delete')}
            title={t('answers.deleteTitle')}
            onDone={onClose}
          >
            {t('answers.deleteText')}
          </DeleteAfterAsking>
        )
      }
    >
      <Textarea
        label={t('answers.question')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={10_000}
        {...form.getInputProps('question')}
      />
      <Textarea
        label={t('answers.answer')}
        autosize
        minRows={5}
        maxRows={16}
        maxLength={10_000}
        {...form.getInputProps('answer')}
      />
      <SectorField {...form.getInputProps('sector')} />
    </FormDrawer>
  )
}
