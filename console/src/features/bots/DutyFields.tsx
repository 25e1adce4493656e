/** When a bot has the word: numbers, queues, hours and the words of customers. */
import { MultiSelect, NativeSelect, TagsInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { Bot } from '@/shared/api/types'
import { useConnections, useQueues } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './bots.module.css'
import type { BotValues } from './queries'

const HOURS: Bot['hours'][] = ['always', 'open', 'closed']

export function DutyFields({ form }: { form: UseFormReturnType<BotValues> }) {
  const { t } = useTranslation('bots')
  const queues = useQueues()
  const connections = useConnections()
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{t('when')}</legend>
      <MultiSelect
        label={t('connections')}
        placeholder={form.values.connections.length === 0 ? t('allConnections') : undefined}
        data={connections.map(({ id, name }) => ({ value: String(id), label: name }))}
        {...form.getInputProps('connections')}
      />
      <MultiSelect
        label={t('queues')}
        placeholder={form.values.queues.length === 0 ? t('allQueues') : undefined}
        data={queues.map(({ id, name }) => ({ value: String(id), label: name }))}
        {...form.getInputProps('queues')}
      />
      <NativeSelect
        label={t('hoursLabel')}
        data={HOURS.map((value) => ({ value, label: t(`hours.${value}`) }))}
        {...form.getInputProps('hours')}
      />
      <TagsInput
        label={t('startWords')}
        description={t('startWordsHint')}
        maxTags={20}
        {...form.getInputProps('start_words')}
      />
      <TagsInput
        label={t('restartWords')}
        description={t('restartWordsHint')}
        maxTags={20}
        {...form.getInputProps('restart_words')}
      />
      <TagsInput
        label={t('finishWords')}
        description={t('finishWordsHint')}
        maxTags={20}
        {...form.getInputProps('finish_words')}
      />
    </fieldset>
  )
}
