/** The folders as a row of switches; nothing is shown while there is only one. */
import type { QuickReply } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './quickReplies.module.css'

interface FoldersProps {
  replies: readonly QuickReply[]
  /** null: all of them; empty: those in none. */
  chosen: string | null
  onChoose: (folder: string | null) => void
}

export function Folders({ replies, chosen, onChoose }: FoldersProps) {
  const { t } = useTranslation('quickReplies')
  const names = foldersOf(replies)
  if (names.length < 2) return null
  const count = (name: string) => replies.filter(({ folder }) => folder === name).length
  return (
    <fieldset className={classes.folders} aria-label={t('folder')}>
      <Folder
        label={t('all')}
        count={replies.length}
        isChosen={chosen === null}
        onChoose={() => onChoose(null)}
      />
      {names.map((name) => (
        <Folder
          key={name}
          label={name || t('noFolder')}
          count={count(name)}
          isChosen={chosen === name}
          onChoose={() => onChoose(chosen === name ? null : name)}
        />
      ))}
    </fieldset>
  )
}

interface FolderProps {
  label: string
  count: number
  isChosen: boolean
  onChoose: () => void
}

function Folder({ label, count, isChosen, onChoose }: FolderProps) {
  return (
    <button type="button" className={classes.folder} aria-pressed={isChosen} onClick={onChoose}>
      {label} <span className={classes.count}>{count}</span>
    </button>
  )
}

/** In the order of the alphabet; what is in no folder comes last. */
export function foldersOf(replies: readonly Pick<QuickReply, 'folder'>[]): string[] {
  const names = [...new Set(replies.map(({ folder }) => folder))]
  return names.sort((a, b) => Number(a === '') - Number(b === '') || a.localeCompare(b))
}
