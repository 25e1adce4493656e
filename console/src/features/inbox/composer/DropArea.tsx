/** Files dragged over the composer land in the tray. */
import { type DragEvent, type ReactNode, useState } from 'react'
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
  function onDragOver(event: DragEvent): void {
    if (!event.dataTransfer.types.includes('Files')) return
    // Without this the browser would leave the console and show the file.
    event.preventDefault()
    if (isActive) setOver(true)
  }
  function onDrop(event: DragEvent): void {
    event.preventDefault()
    setOver(false)
    if (isActive) onFiles([...event.dataTransfer.files])
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button does the same for people without a pointer
    <div className={classes.drop} onDragOver={onDragOver} onDragLeave={() => setOver(false)} onDrop={onDrop}>
      {children}
      {isOver && (
        <div className={classes.over}>
          <IconAttach size={22} aria-hidden /> {t('files.drop')}
        </div>
      )}
    </div>
  )
}
