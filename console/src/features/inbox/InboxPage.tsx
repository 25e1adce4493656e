/** The inbox: conversations on the left, the open one in the middle, the contact on the right. */
import { type ReactNode, Suspense, useState } from 'react'
import { useActions } from '@/shared/actions/registry'
import { useTranslation } from '@/shared/i18n/translate'
import { useAfterPaint } from '@/shared/lib/afterPaint'
import { later } from '@/shared/lib/later'
import { useCan } from '@/shared/session/store'
import { IconMessages, IconRestore } from '@/shared/ui/icons'
import { useTitle } from '@/shared/ui/Page'
import { Empty, NoPermission } from '@/shared/ui/states'
import { useIsRead } from './data/threads'
import { undoLast, useLastAct } from './data/undo'
import classes from './InboxPage.module.css'
import { ListPane } from './list/ListPane'
import { useInboxAddress } from './useInboxAddress'
import { useLayout } from './useLayout'

const loadThread = () => import('./thread/ThreadPane')
const ThreadPane = later(loadThread, 'ThreadPane')
// The list paints first; the thread comes right behind it, so that opening one never waits.
loadThread().catch(() => undefined)
const ContactPanel = later(() => import('./contact/ContactPanel'), 'ContactPanel')
const ContactDrawer = later(() => import('./contact/ContactDrawer'), 'ContactDrawer')
const STORED = 'helpdesk.inbox.panel'

interface InboxPageProps {
  /** Draws what is shown where no conversation is open: first steps of a new company, or the usual. */
  welcome?: (usual: ReactNode) => ReactNode
}

export function InboxPage({ welcome }: InboxPageProps) {
  const { t } = useTranslation('inbox')
  useTitle(t('title'))
  return useCan('tickets.read') ? <Inbox welcome={welcome} /> : <NoPermission />
}

function Inbox({ welcome }: InboxPageProps) {
  const { t } = useTranslation('inbox')
  const layout = useLayout()
  const { search, change } = useInboxAddress()
  const [isBeside, setBeside] = useState(() => localStorage.getItem(STORED) !== 'closed')
  const { ticket } = search
  const hasPanel = layout === 'wide' && isBeside && ticket !== undefined
  const mayUndo = useLastAct((state) => state.ticket !== null)
  useActions(
    mayUndo
      ? [
          {
            id: 'ticket.undo',
            label: t('undo.undo'),
            group: t('title'),
            icon: IconRestore,
            shortcut: 'undo' as const,
            perform: () => void undoLast(),
          },
        ]
      : [],
  )
  const back = () => change({ ticket: undefined, panel: undefined })

  const usual = (
    <Empty icon={IconMessages} title={t('nothing.title')}>
      {t('nothing.text')}
    </Empty>
  )

  function togglePanel(): void {
    if (layout !== 'wide') {
      change({ panel: search.panel ? undefined : true })
      return
    }
    localStorage.setItem(STORED, isBeside ? 'closed' : 'open')
    setBeside(!isBeside)
  }

  return (
    <div className={classes.inbox} data-layout={layout} data-panel={hasPanel || undefined}>
      {/* On phones the list stays behind the thread, so that going back finds it where it was left. */}
      {layout === 'phone' && ticket !== undefined && <h1 className="hd-hidden">{t('title')}</h1>}
      <ListPane isHidden={layout === 'phone' && ticket !== undefined} />
      {ticket !== undefined && (
        <Suspense fallback={<div className={classes.nothing} />}>
          <ThreadPane id={ticket} onBack={back} onPanel={togglePanel} />
        </Suspense>
      )}
      {ticket === undefined && layout !== 'phone' && (
        <div className={classes.nothing}>{welcome ? welcome(usual) : usual}</div>
      )}
      <Suspense>
        {hasPanel && <Beside id={ticket} />}
        {layout !== 'wide' && ticket !== undefined && (
          <ContactDrawer
            id={ticket}
            isOpen={search.panel === true}
            isWhole={layout === 'phone'}
            onClose={() => change({ panel: undefined }, { replace: true })}
          />
        )}
      </Suspense>
    </div>
  )
}

/** The contact comes right behind the conversation, which is waited for. */
function Beside({ id }: { id: number }) {
  const shown = useAfterPaint(id, useIsRead(id))
  return <ContactPanel id={shown} isBehind={shown !== id} onClose={null} />
}
