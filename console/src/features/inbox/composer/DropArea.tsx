/** Files dragged into the window land in the tray. */
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { IconAttach } from '@/shared/ui/icons'
import classes from './Composer.module.css'

interface DropAreaProps {
  isActive: boolean
  onFiles: (files: File[]) => void
  children: ReactNode
}

export function DropArea({ isActive, onFiles, children }: DropAreaProps) {
  const { t } = useTranslation('inbox')
  const [isOver, setOver] = useState(false)
  const take = useEffectEvent((files: File[]) => isActive && onFiles(files))
  useEffect(() => followDrag(setOver, take), [])
  return (
    <div className={classes.drop}>
      {children}
      {isOver && isActive && (
        <div className={classes.over}>
          <IconAttach size={22} aria-hidden /> {t('files.drop')}
        </div>
      )}
    </div>
  )
}

/** Listens on the whole page: a file let go beside the composer would make the browser leave the console. */
function followDrag(setOver: (isOver: boolean) => void, take: (files: File[]) => void): () => void {
  const ears = new AbortController()
  const how = { signal: ears.signal }
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
  document.addEventListener(
    'dragover',
    (event) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    },
    how,
  )
  // Leaving the window has nothing that is entered instead.
  document.addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), how)
  document.addEventListener(
    'drop',
    (event) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(false)
      take([...(event.dataTransfer?.files ?? [])])
    },
    how,
  )
  return () => ears.abort()
}
