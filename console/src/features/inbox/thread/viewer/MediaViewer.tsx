/** Photos and videos of the thread over the whole screen: arrows to walk, plus and minus to zoom, download. */
import { ActionIcon, Modal } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import type { Attachment, Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime } from '@/shared/lib/dates'
import { formatWhatsApp } from '@/shared/lib/formatWhatsApp'
import {
  IconChevronLeft,
  IconChevronRight,
  IconDownload,
  IconX,
  IconZoomIn,
  IconZoomOut,
} from '@/shared/ui/icons'
import { useThread } from '../../data/threads'
import classes from './MediaViewer.module.css'
import { closeViewer, openViewer, useViewer } from './viewer'

const ZOOMS = [1, 1.5, 2, 3, 4]

interface Item {
  file: Attachment
  message: Message
}

export function MediaViewer() {
  const { t } = useTranslation('inbox')
  const { ticket, file } = useViewer()
  const items = itemsOf(useThread(ticket).data?.messages ?? [])
  const place = items.findIndex((item) => item.file.id === file)
  const [zoom, setZoom] = useState(0)
  const item = items[place]
  function go(step: number): void {
    const next = items[place + step]
    if (!next) return
    setZoom(0)
    openViewer(ticket, next.file.id)
  }
  function change(step: number): void {
    setZoom((now) => Math.min(ZOOMS.length - 1, Math.max(0, now + step)))
  }
  function onKeyDown(event: KeyboardEvent): void {
    const keys: Record<string, () => void> = {
      ArrowLeft: () => go(-1),
      ArrowRight: () => go(1),
      '+': () => change(1),
      '=': () => change(1),
      '-': () => change(-1),
    }
    const act = event.target instanceof HTMLVideoElement ? undefined : keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  return (
    <Modal
      opened
      onClose={closeViewer}
      fullScreen
      withCloseButton={false}
      padding={0}
      radius={0}
      attributes={{ content: { 'aria-label': t('viewer.name') } }}
      classNames={{ content: classes.content, body: classes.body }}
      onKeyDown={onKeyDown}
    >
      <header className={classes.header}>
        <div className={classes.facts}>
          <strong className="hd-ellipsis">
            {item ? whose(item, t('thread.customer'), t('thread.company')) : t('viewer.gone')}
          </strong>
          {item && (
            <span className={classes.muted}>
              {formatDateTime(item.message.at)} · {place + 1}/{items.length}
            </span>
          )}
        </div>
        {item?.file.kind === 'image' && (
          <>
            <Tool
              label={t('viewer.zoomOut')}
              icon={IconZoomOut}
              isDisabled={zoom === 0}
              onClick={() => change(-1)}
            />
            <Tool
              label={t('viewer.zoomIn')}
              icon={IconZoomIn}
              isDisabled={zoom === ZOOMS.length - 1}
              onClick={() => change(1)}
            />
          </>
        )}
        {item && (
          <ActionIcon
            component="a"
            href={item.file.url}
            download={item.file.name || true}
            size={40}
            className={classes.tool}
            aria-label={t('files.downloadShort')}
          >
            <IconDownload size={20} aria-hidden />
          </ActionIcon>
        )}
        <Tool label={t('viewer.close')} icon={IconX} onClick={closeViewer} />
      </header>
      <div className={classes.stage} data-zoomed={zoom > 0 || undefined}>
        {item && (
          <Media item={item} zoom={ZOOMS[zoom] ?? 1} onZoom={() => setZoom((now) => (now > 0 ? 0 : 2))} />
        )}
      </div>
      {place > 0 && (
        <Tool
          className={classes.left}
          label={t('viewer.previous')}
          icon={IconChevronLeft}
          onClick={() => go(-1)}
        />
      )}
      {place < items.length - 1 && (
        <Tool
          className={classes.right}
          label={t('viewer.next')}
          icon={IconChevronRight}
          onClick={() => go(1)}
        />
      )}
      {item?.message.body && <p className={classes.caption}>{formatWhatsApp(item.message.body)}</p>}
    </Modal>
  )
}

function Media({ item: { file, message }, zoom, onZoom }: { item: Item; zoom: number; onZoom: () => void }) {
  const { t } = useTranslation('inbox')
  if (file.kind === 'video') {
    return (
      // biome-ignore lint/a11y/useMediaCaption: customers' videos come without captions
      <video
        key={file.id}
        className={classes.media}
        src={file.playable_url ?? file.url}
        poster={file.thumbnail_url ?? undefined}
        controls
        autoPlay
        playsInline
      />
    )
  }
  const size = zoom > 1 ? { width: `${zoom * 100}%`, maxWidth: 'none', maxHeight: 'none' } : undefined
  return (
    <button
      type="button"
      className={classes.image}
      style={size}
      onClick={onZoom}
      aria-label={zoom > 1 ? t('viewer.zoomOut') : t('viewer.zoomIn')}
    >
      <img
        key={file.id}
        className={classes.media}
        style={size && { width: '100%', maxHeight: 'none' }}
        src={file.url}
        alt={message.body || t('kinds.image')}
      />
    </button>
  )
}

interface ToolProps {
  label: string
  icon: typeof IconX
  isDisabled?: boolean
  className?: string
  onClick: () => void
}

function Tool({ label, icon: Sign, isDisabled, className, onClick }: ToolProps) {
  return (
    <ActionIcon
      size={40}
      className={`${classes.tool} ${className ?? ''}`}
      aria-label={label}
      title={label}
      disabled={isDisabled}
      onClick={onClick}
    >
      <Sign size={21} aria-hidden />
    </ActionIcon>
  )
}

function itemsOf(messages: readonly Message[]): Item[] {
  return messages.flatMap((message) =>
    message.attachments
      .filter(({ kind, state }) => state === 'stored' && (kind === 'image' || kind === 'video'))
      .map((file) => ({ file, message })),
  )
}

function whose({ message }: Item, customer: string, company: string): string {
  return message.direction === 'in' ? customer : (message.author?.name ?? company)
}
