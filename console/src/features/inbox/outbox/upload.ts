/** Sends one file with progress; fetch cannot tell how far an upload is, so this is the one XMLHttpRequest. */
import { ApiError, type ErrorBody } from '@/shared/api/errors'
import type { Attachment } from '@/shared/api/types'
import { refreshSession } from '@/shared/session/refresh'
import { accessToken } from '@/shared/session/store'
import type { OutgoingFile } from './machine'

interface UploadOptions {
  onProgress: (share: number) => void
  signal: AbortSignal
}

export async function uploadFile(file: OutgoingFile, options: UploadOptions): Promise<Attachment> {
  const token = accessToken()
  try {
    return await post(file, token, options)
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401 || !(await refreshSession(token))) throw error
    return post(file, accessToken(), options)
  }
}

function post(
  file: OutgoingFile,
  token: string | null,
  { onProgress, signal }: UploadOptions,
): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const form = new FormData()
    form.append('file', file.blob, file.name)
    request.open('POST', '/api/uploads/')
    if (token) request.setRequestHeader('Authorization', `Bearer ${token}`)
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onload = () => {
      const body = parse(request.responseText)
      if (request.status < 300) resolve(body as Attachment)
      else reject(toError(request, body))
    }
    request.onerror = () =>
      reject(new ApiError(0, { code: 'offline', detail: 'The server cannot be reached.' }))
    request.onabort = () => reject(new DOMException('Cancelled', 'AbortError'))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(form)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function toError(request: XMLHttpRequest, body: unknown): ApiError {
  const known = typeof body === 'object' && body !== null && 'code' in body ? (body as ErrorBody) : null
  const code =
    request.status === 413 ? 'upload_too_large' : request.status >= 500 ? 'server_error' : 'unknown_error'
  const retryAfter = Number(request.getResponseHeader('Retry-After')) || null
  return new ApiError(request.status, known ?? { code, detail: `HTTP ${request.status}` }, null, retryAfter)
}
