/** Short results that the eye would not see otherwise. Loaded when first needed. */
import { Button } from '@mantine/core'
import classes from './toast.module.css'

interface Toast {
  message: string
  tone?: 'success' | 'danger' | 'info'
  /** A way back, offered for these seconds. */
  undo?: { label: string; perform: () => void; seconds?: number }
}

const SHORT = 4_000
const LONG = 8_000
/** Only the last thing can be taken back, so only its message may offer it. */
let offered: string | null = null

export async function toast({ message, tone = 'success', undo }: Toast): Promise<void> {
  const { notifications } = await import('@mantine/notifications')
  const color = tone === 'danger' ? 'red' : tone === 'info' ? 'gray' : 'teal'
  if (undo && offered) notifications.hide(offered)
  const id = notifications.show({
    message: undo ? (
      <Undo message={message} label={undo.label} seconds={undo.seconds} onUndo={back} />
    ) : (
      message
    ),
    color,
    autoClose: undo?.seconds ? undo.seconds * 1000 : undo || tone === 'danger' ? LONG : SHORT,
    withBorder: true,
  })
  if (undo) offered = id
  function back(): void {
    notifications.hide(id)
    undo?.perform()
  }
}

/** Takes the offer away: it was used by another way, or something else came between. */
export async function dropOffer(): Promise<void> {
  if (!offered) return
  const { notifications } = await import('@mantine/notifications')
  notifications.hide(offered)
  offered = null
}

interface UndoProps {
  message: string
  label: string
  seconds?: number | undefined
  onUndo: () => void
}

/** The bar runs out with the time that is left. */
function Undo({ message, label, seconds, onUndo }: UndoProps) {
  return (
    <>
      {message}{' '}
      <Button variant="subtle" size="compact-sm" onClick={onUndo} data-testid="undo">
        {label}
      </Button>
      {seconds && <span className={classes.left} style={{ animationDuration: `${seconds}s` }} />}
    </>
  )
}
