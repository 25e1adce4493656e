/** Saves an answer of the API as a file under this name; a plain link could not carry the token. */
import { toast } from '@/shared/ui/toast'

export async function save(answer: Promise<{ data?: unknown; response: Response }>, name: string) {
  const { data, response } = await answer
  if (!response.ok) return toast({ message: response.statusText, tone: 'danger' })
  const address = URL.createObjectURL(data as Blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
