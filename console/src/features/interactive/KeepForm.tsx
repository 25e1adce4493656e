/** Keeps what is being written as a quick reply, to begin with it the next time. */
import { Box, Button, Group, Paper, TextInput } from '@mantine/core'
import { useState } from 'react'
import { WhoseField } from '@/shared/answers/WhoseField'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { toast } from '@/shared/ui/toast'
import { requestOf } from './draft'
import { useForm } from './form'
import { useKeep } from './queries'

export function KeepForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation(['interactive', 'common'])
  const { draft } = useForm()
  const mayShare = useCan('quick_replies.write')
  const errorText = useErrorText()
  const keep = useKeep()
  const [shortcut, setShortcut] = useState('')
  const [title, setTitle] = useState('')
  const [isShared, setShared] = useState(mayShare)
  const isReady = /^[^\s/]{1,30}$/.test(shortcut) && title.trim() !== ''
  function save(): void {
    const { kind, body = '', content } = requestOf(draft)
    keep.mutate(
      { shortcut, title: title.trim(), body, kind, content: content ?? {}, is_shared: isShared },
      {
        onSuccess: () => {
          void toast({ message: t('interactive:keep.done', { shortcut }) })
          onDone()
        },
      },
    )
  }
  return (
    <Paper withBorder p="md" mt="lg" role="group" aria-label={t('interactive:keep.open')}>
      <Group grow align="flex-start">
        <TextInput
          label={t('interactive:keep.shortcut')}
          leftSection="/"
          maxLength={30}
          data-autofocus
          data-testid="keep-shortcut"
          value={shortcut}
          error={keep.isError ? errorText(keep.error) : null}
          onChange={(event) => setShortcut(event.currentTarget.value)}
        />
        <TextInput
          label={t('interactive:keep.title')}
          maxLength={80}
          data-testid="keep-title"
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
      </Group>
      <Box mt="md">
        <WhoseField isShared={isShared} mayShare={mayShare} onChange={setShared} />
      </Box>
      <Group justify="flex-end" mt="md" gap="xs">
        <Button variant="default" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button disabled={!isReady} loading={keep.isPending} data-testid="keep-save" onClick={save}>
          {t('interactive:keep.save')}
        </Button>
      </Group>
    </Paper>
  )
}
