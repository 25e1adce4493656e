/** All views: one's own, the company's, and those that everybody has. */
import { ActionIcon, Drawer } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { SavedView } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { ConfirmDialog } from '@/shared/ui/ConfirmDialog'
import { IconArrowDown, IconArrowUp, IconEdit, IconTrash } from '@/shared/ui/icons'
import { Failed, Loading } from '@/shared/ui/states'
import { useInboxAddress } from '../useInboxAddress'
import classes from './finding.module.css'
import { ViewDialog } from './ViewDialog'
import { useChooseView, ViewCount } from './ViewStrip'
import { useDeleteView, useSaveView, useViews, type View } from './views'

const KINDS = ['own', 'shared', 'preset'] as const

export function ViewsDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['finding', 'common'])
  const { search, openTab } = useInboxAddress()
  const { views, cap, isPending, error } = useViews()
  const mayShare = useCan('views.write')
  const choose = useChooseView()
  const move = useSaveView()
  const remove = useDeleteView()
  const [edited, setEdited] = useState<View | null>(null)
  const [doomed, setDoomed] = useState<SavedView | null>(null)

  function tools(view: View, place: number, size: number): ReactNode {
    const { row, name } = view
    if (!row || (view.kind === 'shared' && !mayShare)) return null
    return (
      <span className={classes.tools}>
        <ActionIcon
          aria-label={t('moveUp', { name })}
          disabled={place === 0}
          onClick={() => move.mutate({ id: row.id, position: place - 1 })}
        >
          <IconArrowUp size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon
          aria-label={t('moveDown', { name })}
          disabled={place === size - 1}
          onClick={() => move.mutate({ id: row.id, position: place + 1 })}
        >
          <IconArrowDown size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon aria-label={t('editOne', { name })} onClick={() => setEdited(view)}>
          <IconEdit size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon aria-label={t('deleteOne', { name })} onClick={() => setDoomed(row)}>
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </span>
    )
  }

  return (
    <Drawer
      opened
      onClose={onClose}
      size={420}
      title={t('views')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {isPending && <Loading rows={6} height={40} />}
      {Boolean(error) && <Failed error={error} />}
      {KINDS.map((kind) => {
        const rows = views.filter((view) => view.kind === kind)
        return (
          <section key={kind} className={classes.kind}>
            <h2>{t(`kinds.${kind}`)}</h2>
            {rows.length === 0 && !isPending && <p className={classes.none}>{t(`none.${kind}`)}</p>}
            <ul>
              {rows.map((view, place) => (
                <li key={view.key} className={classes.row}>
                  <button
                    type="button"
                    aria-pressed={view.key === search.view}
                    onClick={() => {
                      if (view.key !== search.view) choose(view)
                      onClose()
                    }}
                  >
                    <span className={classes.dot} style={{ background: view.color ?? 'transparent' }} />
                    <span className="hd-ellipsis">{view.name}</span>
                    <ViewCount view={view} cap={cap} />
                  </button>
                  {tools(view, place, rows.length)}
                </li>
              ))}
            </ul>
          </section>
        )
      })}
      {edited && <ViewDialog view={edited} onClose={() => setEdited(null)} />}
      {doomed && (
        <ConfirmDialog
          isOpen
          title={t('deleteAsk', { name: doomed.name })}
          confirmLabel={t('delete')}
          isBusy={remove.isPending}
          onClose={() => setDoomed(null)}
          onConfirm={() =>
            remove.mutate(doomed.id, {
              onSuccess: () => {
                if (search.view === doomed.id) openTab('mine')
                setDoomed(null)
              },
            })
          }
        >
          {t(doomed.is_shared ? 'deleteShared' : 'deleteOwn')}
        </ConfirmDialog>
      )}
    </Drawer>
  )
}
