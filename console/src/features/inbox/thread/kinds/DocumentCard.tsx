/** A document: how its first page looks, what it is called, what it is, how big, and a way to get it. */

import type { Attachment } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatSize } from '@/shared/lib/dates'
import {
  type Icon,
  IconDownload,
  IconFile,
  IconFileSpreadsheet,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
} from '@/shared/ui/icons'
import classes from './kinds.module.css'

export function DocumentCard({ file }: { file: Attachment }) {
  const { t } = useTranslation('inbox')
  const Sign = iconOf(file)
  const name = file.name || t('kinds.document')
  const pages = file.pages && t('files.pages', { count: file.pages })
  const ending = file.name.includes('.') ? file.name.split('.').at(-1)?.toUpperCase() : ''
  return (
    <a
      className={classes.card}
      href={file.url}
      download={file.name || true}
      target="_blank"
      rel="noopener"
      title={t('files.download', { name })}
    >
      {file.thumbnail_url && (
        <img
          className={classes.firstPage}
          src={file.thumbnail_url}
          alt=""
          loading="lazy"
          decoding="async"
          onError={(event) => {
            event.currentTarget.hidden = true
          }}
        />
      )}
      <span className={classes.cardSign}>
        <Sign size={22} stroke={1.6} aria-hidden />
      </span>
      <span className={classes.cardText}>
        <span className={classes.cardTitle}>{name}</span>
        <span className={classes.small}>
          {[pages, ending, file.size > 0 && formatSize(file.size)].filter(Boolean).join(' · ')}
        </span>
      </span>
      <IconDownload size={18} className={classes.cardEnd} aria-hidden />
    </a>
  )
}

function iconOf({ mime, name }: Attachment): Icon {
  if (mime === 'application/pdf') return IconFileTypePdf
  if (/sheet|excel|csv/.test(mime) || /\.(xlsx?|csv|ods)$/i.test(name)) return IconFileSpreadsheet
  if (/zip|compressed|tar/.test(mime)) return IconFileZip
  if (/^text\/|word|document/.test(mime)) return IconFileText
  return IconFile
}
