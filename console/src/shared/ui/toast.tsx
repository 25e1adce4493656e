/** Short results that the eye would not see otherwise. Loaded when first needed. */
import { Button } from '@mantine/core'

interface Toast {
  message: string
  tone?: 'success' | 'danger' | 'info'
  /** A way back, offered for eight seconds. */
  undo?: { label: string; perform: () => void }
}

const SHORT = 4_000
const LONG = 8_000

export async function toast({ message, tone = 'success', undo }: Toast): Promise<void> {
  const { notifications } = await import('@mantine/notifications')
  const color = tone === 'danger' ? 'red' : tone === 'info' ? 'gray' : 'teal'
  const id = notifications.show({
    message: undo ? <Undo message={message} label={undo.label} onUndo={back} /> : message,
    color,
    autoClose: undo || tone === 'danger' ? LONG : SHORT,
    withBorder: true,
  })
  function back(): void {
    notifications.hide(id)
    undo?.perform()
  }
}

function Undo({ message, label, onUndo }: { message: string; label: string; onUndo: () => void }) {
  return (
    <>
      {message}{' '}
      <Button variant="subtle" size="compact-sm" onClick={onUndo}>
        {label}
      </Button>
    </>
  )
}
