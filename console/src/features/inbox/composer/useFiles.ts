/** The files beside the text: added by button, drop or paste; removed again; gone when sent. */
import { useCallback, useEffect } from 'react'
import type { Attachment } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatSize } from '@/shared/lib/dates'
import { useBoxOf, useStateOf } from '@/shared/lib/stateOf'
import { toast } from '@/shared/ui/toast'
import { fileKind } from '../outbox/bubble'
import type { OutgoingFile } from '../outbox/machine'
import { fitted, isTooBig, limitOf } from './files'

const MOST = 10

export interface PickedFile {
  key: string
  file: OutgoingFile
  /** For photos and videos. */
  preview: string | null
}

const NONE: readonly PickedFile[] = []

/** A file that is ready only after its ticket was left goes nowhere. */
export function useFiles(ticket: number) {
  const { t } = useTranslation('inbox')
  const [files, setFiles] = useStateOf(ticket, NONE)
  const previews = useBoxOf(ticket, new Set<string>())
  useEffect(() => () => revokeAll(previews.current), [previews])

  const add = useCallback(
    async (picked: readonly File[]) => {
      for (const original of picked.slice(0, MOST)) {
        const file = await fitted(original)
        if (isTooBig(file)) {
          void toast({
            message: t('files.tooBigToSend', { name: file.name, limit: formatSize(limitOf(file.mime)) }),
            tone: 'danger',
          })
          continue
        }
        const kind = fileKind(file.mime)
        const preview = kind === 'image' || kind === 'video' ? URL.createObjectURL(file.blob) : null
        if (preview) previews.current.add(preview)
        setFiles((before) => [...before, { key: crypto.randomUUID(), file, preview }].slice(0, MOST))
      }
      if (picked.length > MOST) void toast({ message: t('files.tooMany', { count: MOST }), tone: 'info' })
    },
    [t, setFiles, previews],
  )
  /** What the server has already is fetched only to be shown; it is not sent there again. */
  const addStored = useCallback(
    async (stored: readonly Attachment[]) => {
      for (const { id, url, name, mime, size, kind } of stored) {
        const answer = await fetch(url).catch(() => null)
        const blob = answer?.ok ? await answer.blob() : new Blob([], { type: mime })
        const preview = kind === 'image' || kind === 'video' ? URL.createObjectURL(blob) : null
        if (preview) previews.current.add(preview)
        const file = { blob, name, mime, size, upload: id }
        setFiles((before) => [...before, { key: crypto.randomUUID(), file, preview }].slice(0, MOST))
      }
    },
    [setFiles, previews],
  )
  const remove = useCallback(
    (key: string) => setFiles((before) => before.filter((file) => file.key !== key)),
    [setFiles],
  )
  const clear = useCallback(() => setFiles(NONE), [setFiles])
  return { files, add, addStored, remove, clear }
}

function revokeAll(urls: Iterable<string>): void {
  for (const url of urls) URL.revokeObjectURL(url)
}
