/** Short results that the eye would not see otherwise. Loaded when first needed. */

interface Toast {
  message: string
  tone?: 'success' | 'danger' | 'info'
}

export async function toast({ message, tone = 'success' }: Toast): Promise<void> {
  const { notifications } = await import('@mantine/notifications')
  const color = tone === 'danger' ? 'red' : tone === 'info' ? 'gray' : 'teal'
  notifications.show({ message, color, autoClose: tone === 'danger' ? 8_000 : 4_000, withBorder: true })
}
