/** Builds the filter of the list; the list beside it follows each change. */
import { Button, Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { formatNumber } from '@/shared/lib/dates'
import { Failed, Loading } from '@/shared/ui/states'
import { useInboxAddress } from '../useInboxAddress'
import { type DraftGroup, newGroup, toDraft, toFilter } from './draft'
import classes from './finding.module.css'
import { GroupEditor } from './GroupEditor'
import { useMatching } from './matching'
import { SaveButtons } from './SaveButtons'
import { filterSchemaQuery } from './views'

export function FilterDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['finding', 'common'])
  const { search, filter, change } = useInboxAddress()
  const schema = useQuery(filterSchemaQuery)
  const [draft, setDraft] = useState(() => toDraft(search.filter))
  const matching = useMatching(filter)

  function edit(next: DraftGroup): void {
    setDraft(next)
    change({ filter: toFilter(next) }, { replace: true })
  }

  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={480}
      title={t('filter')}
      overlayProps={{ backgroundOpacity: 0.15 }}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      classNames={{ content: classes.drawer, body: classes.drawerBody }}
    >
      <div className={classes.builder} data-testid="filter-builder">
        {schema.isPending && <Loading rows={3} height={64} />}
        {schema.error && <Failed error={schema.error} onRetry={() => void schema.refetch()} />}
        {schema.data && <GroupEditor group={draft} most={schema.data.most} onChange={edit} isOutermost />}
      </div>
      <footer className={classes.foot}>
        <p role="status" className={classes.found} data-testid="filter-found">
          {matching && t('matching', { count: matching.count, shown: shown(matching) })}
        </p>
        <Button variant="subtle" disabled={draft.items.length === 0} onClick={() => edit(newGroup('all'))}>
          {t('clear')}
        </Button>
        <SaveButtons />
        <Button onClick={onClose}>{t('done')}</Button>
      </footer>
    </Drawer>
  )
}

function shown({ count, cap }: { count: number; cap: number }): string {
  return count >= cap ? `${formatNumber(cap)}+` : formatNumber(count)
}
