/** Add or edit a bot of others: where it lives, when it acts, how it talks and ends; and a trial. */
import { SegmentedControl, Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { Bot } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { useCan } from '@/shared/session/store'
import { DeleteAfterAsking } from '@/shared/ui/DeleteAfterAsking'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { toast } from '@/shared/ui/toast'
import { DutyFields } from './DutyFields'
import { PlaceFields } from './PlaceFields'
import { type BotValues, useDeleteBot, useSaveBot } from './queries'
import { SpeechFields } from './SpeechFields'
import { Token } from './Token'
import { Trial } from './Trial'

const KINDS: Bot['kind'][] = ['webhook', 'typebot', 'dialogflow']

interface BotDrawerProps {
  bot: Bot | null
  onClose: () => void
  /** A new one stays open, to be tried. */
  onSaved: (bot: Bot) => void
}

export function BotDrawer({ bot, onClose, onSaved }: BotDrawerProps) {
  const { t } = useTranslation('bots')
  const canWrite = useCan('ai.write')
  const errorText = useErrorText()
  const save = useSaveBot(bot)
  const form = useForm<BotValues>({
    initialValues: valuesOf(bot),
    validate: { name: (value) => (value.trim() ? null : t('nameMissing')) },
  })
  function submit(values: BotValues): void {
    save.mutate(values, {
      onSuccess: (saved) => {
        void toast({ message: t('saved', { name: saved.name }) })
        if (bot) onClose()
        else onSaved(saved)
      },
      onError: (error) => showFieldErrors(form, error),
    })
  }
  const isElsewhere = save.isError && Object.keys(form.errors).length === 0
  return (
    <FormDrawer
      isOpen
      size={560}
      title={bot ? bot.name : t('add')}
      onClose={onClose}
      onSubmit={form.onSubmit(submit)}
      isBusy={save.isPending}
      error={isElsewhere ? errorText(save.error) : null}
      isReadOnly={!canWrite}
      aside={bot && canWrite && <DeleteBot bot={bot} onDone={onClose} />}
      below={
        bot &&
        canWrite && (
          <>
            <Token bot={bot} />
            <Trial bot={bot} />
          </>
        )
      }
    >
      {!bot && (
        <SegmentedControl
          fullWidth
          aria-label={t('kind')}
          data={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          {...form.getInputProps('kind')}
        />
      )}
      <TextInput label={t('name')} data-autofocus {...form.getInputProps('name')} />
      <PlaceFields form={form} bot={bot} />
      <Switch
        label={t('isOn')}
        description={t('isOnHint')}
        {...form.getInputProps('is_on', { type: 'checkbox' })}
      />
      <DutyFields form={form} />
      <SpeechFields form={form} />
    </FormDrawer>
  )
}

function DeleteBot({ bot, onDone }: { bot: Bot; onDone: () => void }) {
  const { t } = useTranslation('bots')
  return (
    <DeleteAfterAsking
      row={bot}
      remove={useDeleteBot()}
      label={t('delete')}
      title={t('deleteTitle', { name: bot.name })}
      onDone={onDone}
    >
      {t('deleteText')}
    </DeleteAfterAsking>
  )
}

function valuesOf(bot: Bot | null): BotValues {
  const options = bot?.options
  return {
    name: bot?.name ?? '',
    kind: bot?.kind ?? 'webhook',
    url: bot?.url ?? '',
    options: {
      slug: options?.slug ?? '',
      project: options?.project ?? '',
      language: options?.language ?? '',
      location: options?.location ?? '',
      edition: options?.edition ?? 'es',
      agent: options?.agent ?? '',
      environment: options?.environment ?? '',
    },
    secrets: { token: '', secret: '', service_account: '' },
    is_on: bot?.is_on ?? false,
    is_gateway: bot?.is_gateway ?? false,
    connections: bot?.connections.map(String) ?? [],
    queues: bot?.queues.map(String) ?? [],
    hours: bot?.hours ?? 'always',
    start_words: bot?.start_words ?? [],
    restart_words: bot?.restart_words ?? [],
    finish_words: bot?.finish_words ?? [],
    expires_minutes: bot ? bot.expires_minutes || null : 60,
    delay_ms: bot?.delay_ms ?? 1000,
    restart_text: bot?.restart_text ?? '',
    fallback_text: bot?.fallback_text ?? '',
    at_end: bot?.at_end ?? 'hand_over',
    handover_queue: bot?.handover_queue ? String(bot.handover_queue) : '',
    handover_message: bot?.handover_message ?? '',
  }
}
