/** Edit and delete, beside a private note: its author does both, who runs the company removes any. */
import { Suspense, useState } from 'react'
import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { later } from '@/shared/lib/later'
import { useCan, useMe } from '@/shared/session/store'
import { IconEdit, IconTrash } from '@/shared/ui/icons'
import classes from './Bubble.module.css'

const NoteDialog = later(() => import('./NoteDialog'), 'NoteDialog')

export function NoteTools({ note }: { note: Message }) {
  const { t } = useTranslation('inbox')
  const mayRemoveAny = useCan('tickets.delete')
  const isMine = note.author?.id === useMe().user.id
  const [asked, setAsked] = useState<'edit' | 'remove' | null>(null)
  if (!isMine && !mayRemoveAny) return null
  return (
    <>
      {isMine && (
        <button
          type="button"
          className={classes.tool}
          aria-label={t('note.edit')}
          title={t('note.edit')}
          onClick={() => setAsked('edit')}
        >
          <IconEdit size={16} aria-hidden />
        </button>
      )}
      <button
        type="button"
        className={classes.tool}
        aria-label={t('note.remove')}
        title={t('note.remove')}
        onClick={() => setAsked('remove')}
      >
        <IconTrash size={16} aria-hidden />
      </button>
      <Suspense>
        {asked && <NoteDialog note={note} isRemoval={asked === 'remove'} onClose={() => setAsked(null)} />}
      </Suspense>
    </>
  )
}
