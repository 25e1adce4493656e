/** Beside a message of ours on a linked phone or a gateway: other words, or deleted for everyone. */
import { useState } from 'react'
import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan, useMe } from '@/shared/session/store'
import { ConfirmDialog } from '@/shared/ui/ConfirmDialog'
import { IconEdit, IconTrash } from '@/shared/ui/icons'
import { useSentChanges } from '../data/actions'
import classes from './Bubble.module.css'
import { changesOf } from './changes'
import { WordsDialog } from './WordsDialog'

export function SentTools({ message }: { message: Message }) {
  const { t } = useTranslation('acts')
  const may = changesOf(message, useMe().user.id, useCan('tickets.delete'))
  const [asked, setAsked] = useState<'correct' | 'remove' | null>(null)
  const { correct, remove } = useSentChanges(message.id)
  const close = () => setAsked(null)
  return (
    <>
      {may.correct && (
        <button
          type="button"
          className={classes.tool}
          aria-label={t('change.correct')}
          title={t('change.correct')}
          onClick={() => setAsked('correct')}
          data-testid={`correct-${message.id}`}
        >
          <IconEdit size={16} aria-hidden />
        </button>
      )}
      {may.remove && (
        <button
          type="button"
          className={classes.tool}
          aria-label={t('change.remove')}
          title={t('change.remove')}
          onClick={() => setAsked('remove')}
          data-testid={`remove-${message.id}`}
        >
          <IconTrash size={16} aria-hidden />
        </button>
      )}
      {asked === 'correct' && (
        <WordsDialog
          title={t('change.correct')}
          words={message.body}
          isBusy={correct.isPending}
          onSave={(body) => correct.mutate(body.trim(), { onSuccess: close })}
          onClose={close}
        />
      )}
      {asked === 'remove' && (
        <ConfirmDialog
          isOpen
          title={t('change.ask')}
          confirmLabel={t('change.remove')}
          isBusy={remove.isPending}
          onConfirm={() => remove.mutate(undefined, { onSuccess: close })}
          onClose={close}
        >
          {t('change.askText')}
        </ConfirmDialog>
      )}
    </>
  )
}
