/** Whether and how customers are asked: scale, words, comment, patience. */
import { NumberInput, SegmentedControl, Switch } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { useCan } from '@/shared/session/store'
import { OutsideField } from '@/shared/templates/OutsideField'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { toast } from '@/shared/ui/toast'
import { VariableField } from '@/shared/variables/VariableField'
import { type OptionValues, optionsQuery, phrasesQuery, useChangeOptions } from './queries'
import classes from './ratings.module.css'

const SCALES = ['off', 'csat', 'nps'] as const
const KEYS = [
  'rating',
  'rating_text',
  'rating_template',
  'rating_comment',
  'rating_comment_text',
  'rating_thanks_text',
  'rating_tries',
  'rating_hours',
  'rating_pause_days',
]

export function RatingsDrawer({ onClose }: { onClose: () => void }) {
  const { data: options } = useQuery(optionsQuery)
  const { data: phrases } = useQuery(phrasesQuery)
  return options && phrases ? <Settings options={options} phrases={phrases} onClose={onClose} /> : null
}

interface SettingsProps {
  options: OptionValues
  phrases: Record<string, string>
  onClose: () => void
}

function Settings({ options, phrases, onClose }: SettingsProps) {
  const { t } = useTranslation('ratings')
  const canWrite = useCan('company.write')
  const errorText = useErrorText()
  const change = useChangeOptions()
  const form = useForm<OptionValues>({
    initialValues: Object.fromEntries(KEYS.map((key) => [key, options[key]])),
  })
  const { rating } = form.values
  const isElsewhere = change.isError && Object.keys(form.errors).length === 0
  const text = (key: string) => ({
    value: String(form.values[key] ?? ''),
    onChange: (value: string) => form.setFieldValue(key, value),
    error: form.errors[key],
    isReadOnly: !canWrite,
  })
  return (
    <FormDrawer
      isOpen
      size={520}
      title={t('settings.title')}
      onClose={onClose}
      onSubmit={form.onSubmit((values) =>
        change.mutate(values, {
          onSuccess: () => {
            void toast({ message: t('settings.saved') })
            onClose()
          },
          onError: (error) => showFieldErrors(form, error),
        }),
      )}
      isBusy={change.isPending}
      error={isElsewhere ? errorText(change.error) : null}
      isReadOnly={!canWrite}
    >
      <div className={classes.field}>
        <SegmentedControl
          fullWidth
          aria-label={t('settings.scale')}
          disabled={!canWrite}
          data={SCALES.map((value) => ({ value, label: t(`settings.scales.${value}`) }))}
          value={String(rating)}
          onChange={(value) => form.setFieldValue('rating', value)}
        />
        <p className={classes.small}>{t(`settings.help.${String(rating)}`)}</p>
      </div>
      {rating !== 'off' && (
        <>
          <VariableField
            label={t('settings.question')}
            preset={phrases[`rating.${String(rating)}`]}
            {...text('rating_text')}
          />
          <OutsideField {...text('rating_template')} />
          <Switch
            label={t('settings.askComment')}
            description={t('settings.askCommentHelp')}
            {...form.getInputProps('rating_comment', { type: 'checkbox' })}
          />
          {Boolean(form.values.rating_comment) && (
            <VariableField
              label={t('settings.commentQuestion')}
              preset={phrases.rating_comment}
              {...text('rating_comment_text')}
            />
          )}
          <VariableField
            label={t('settings.thanks')}
            preset={phrases.rating_thanks}
            {...text('rating_thanks_text')}
          />
          <Limits form={form} />
        </>
      )}
    </FormDrawer>
  )
}

function Limits({ form }: { form: UseFormReturnType<OptionValues> }) {
  const { t } = useTranslation('ratings')
  const number = (key: string, min: number, max: number) => ({
    label: t(`settings.${key}.label`),
    description: t(`settings.${key}.help`),
    min,
    max,
    allowDecimal: false,
    value: Number(form.values[key]),
    error: form.errors[key],
    onChange: (value: string | number) => form.setFieldValue(key, Number(value)),
  })
  return (
    <>
      <NumberInput {...number('rating_hours', 1, 720)} />
      <NumberInput {...number('rating_pause_days', 0, 365)} />
      <NumberInput {...number('rating_tries', 1, 10)} />
    </>
  )
}
