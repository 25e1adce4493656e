/** How a bot talks, what is said when it fails, and how it ends. */
import { NativeSelect, NumberInput, Textarea } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { Bot } from '@/shared/api/types'
import { useQueues } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { MinutesField } from '@/shared/ui/MinutesField'
import classes from './bots.module.css'
import type { BotValues } from './queries'

const ENDS: Bot['at_end'][] = ['hand_over', 'close', 'stay']

export function SpeechFields({ form }: { form: UseFormReturnType<BotValues> }) {
  const { t } = useTranslation('bots')
  const queues = useQueues()
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{t('how')}</legend>
      <NumberInput
        label={t('delay')}
        description={t('delayHint')}
        min={0}
        max={10_000}
        step={500}
        {...form.getInputProps('delay_ms')}
      />
      <MinutesField
        label={t('expires')}
        description={t('expiresHint')}
        placeholder={t('never')}
        {...form.getInputProps('expires_minutes')}
      />
      <Textarea label={t('restartText')} autosize maxRows={4} {...form.getInputProps('restart_text')} />
      <Textarea
        label={t('fallback')}
        description={t('fallbackHint')}
        autosize
        maxRows={4}
        {...form.getInputProps('fallback_text')}
      />
      <NativeSelect
        label={t('atEnd')}
        data={ENDS.map((value) => ({ value, label: t(`ends.${value}`) }))}
        {...form.getInputProps('at_end')}
      />
      <NativeSelect
        label={t('handoverQueue')}
        data={[
          { value: '', label: t('sameQueue') },
          ...queues.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        {...form.getInputProps('handover_queue')}
      />
      <Textarea
        label={t('handoverText')}
        description={t('handoverTextHint')}
        autosize
        maxRows={4}
        {...form.getInputProps('handover_message')}
      />
    </fieldset>
  )
}
