/** Sends a file that will be kept: with a quick reply, or for a message that leaves later. */
import { api, call } from '@/shared/api/client'
import type { Attachment } from '@/shared/api/types'

export async function uploadBlob(blob: Blob, name: string): Promise<Attachment> {
  const body = new FormData()
  body.append('file', blob, name)
  return await call(api.POST('/api/uploads/', { body: body as never, bodySerializer: () => body }))
}
