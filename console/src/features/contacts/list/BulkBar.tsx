/** What can be done with the chosen contacts. */
import { ActionIcon, Button, Menu } from '@mantine/core'
import { useState } from 'react'
import { useFields } from '@/shared/directory/queries'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { formatNumber } from '@/shared/lib/dates'
import { useCan } from '@/shared/session/store'
import { ConfirmDialog } from '@/shared/ui/ConfirmDialog'
import {
  IconBlocked,
  IconCheck,
  IconChevronDown,
  IconEdit,
  IconRobot,
  IconTag,
  IconTrash,
  IconUser,
  IconX,
} from '@/shared/ui/icons'
import { toast } from '@/shared/ui/toast'
import { type Act, useBeginJob } from '../bulk'
import type { ContactsSearch } from '../search'
import { FieldDialog, OwnerDialog, TagDialog } from './BulkDialogs'
import classes from './list.module.css'
import { EVERYBODY, NOBODY, type Selection } from './selection'

/** These ask something before they begin. */
const ASKED: readonly Act[] = ['block', 'delete', 'field']

interface BulkBarProps {
  search: ContactsSearch
  selection: Selection
  /** There are more than the list has read. */
  hasMore: boolean
  onSelect: (selection: Selection) => void
}

export function BulkBar({ search, selection, hasMore, onSelect }: BulkBarProps) {
  const { t } = useTranslation('contacts')
  const errorText = useErrorText()
  const begin = useBeginJob(search)
  const [open, setOpen] = useState<Act | null>(null)
  const close = () => setOpen(null)
  function run(action: Act, params: object = {}): void {
    begin.mutate(
      { action, params, selection },
      {
        onSuccess: () => {
          close()
          onSelect(NOBODY)
        },
        onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
      },
    )
  }
  const press = (action: Act) => (ASKED.includes(action) ? setOpen(action) : run(action))
  const said = selection.isAll
    ? selection.ids.size === 0
      ? t('bulk.everybody')
      : t('bulk.everybodyBut', { count: selection.ids.size })
    : t('bulk.chosen', { count: selection.ids.size, number: formatNumber(selection.ids.size) })
  return (
    <div role="toolbar" aria-label={t('bulk.title')} className={classes.acts} data-testid="bulk-bar">
      <strong role="status">{said}</strong>
      {!selection.isAll && hasMore && (
        <Button size="compact-sm" variant="subtle" onClick={() => onSelect(EVERYBODY)}>
          {t('bulk.takeAll')}
        </Button>
      )}
      <Button size="sm" variant="default" leftSection={<IconTag size={16} />} onClick={() => setOpen('tag')}>
        {t('bulk.tag')}
      </Button>
      <Button
        size="sm"
        variant="default"
        leftSection={<IconUser size={16} />}
        onClick={() => setOpen('owner')}
      >
        {t('bulk.owner')}
      </Button>
      <More onPick={press} />
      <ActionIcon size={34} aria-label={t('bulk.none')} onClick={() => onSelect(NOBODY)}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
      {(open === 'tag' || open === 'untag') && (
        <TagDialog title={said} isBusy={begin.isPending} onRun={run} onClose={close} />
      )}
      {open === 'owner' && <OwnerDialog title={said} isBusy={begin.isPending} onRun={run} onClose={close} />}
      {open === 'field' && <FieldDialog title={said} isBusy={begin.isPending} onRun={run} onClose={close} />}
      <ConfirmDialog
        isOpen={open === 'block' || open === 'delete'}
        title={open === 'delete' ? t('bulk.deleteTitle') : t('bulk.blockTitle')}
        confirmLabel={open === 'delete' ? t('delete') : t('isBlocked')}
        isBusy={begin.isPending}
        onConfirm={() => open && run(open)}
        onClose={close}
      >
        {said}. {open === 'delete' ? t('bulk.deleteText') : t('isBlockedHint')}
      </ConfirmDialog>
    </div>
  )
}

function More({ onPick }: { onPick: (action: Act) => void }) {
  const { t } = useTranslation('contacts')
  const canDelete = useCan('contacts.delete')
  const hasFields = useFields('contact').length > 0
  const acts: [Act, React.ReactNode][] = [
    ...(hasFields ? [['field', <IconEdit key="icon" size={16} />] as [Act, React.ReactNode]] : []),
    ['block', <IconBlocked key="icon" size={16} />],
    ['unblock', <IconCheck key="icon" size={16} />],
    ['bot_off', <IconRobot key="icon" size={16} />],
    ['bot_on', <IconRobot key="icon" size={16} />],
  ]
  return (
    <Menu position="top-end">
      <Menu.Target>
        <Button size="sm" variant="default" rightSection={<IconChevronDown size={16} />}>
          {t('bulk.more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map(([act, icon]) => (
          <Menu.Item key={act} leftSection={icon} onClick={() => onPick(act)}>
            {t(`bulk.acts.${act}`)}
          </Menu.Item>
        ))}
        {canDelete && (
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => onPick('delete')}>
            {t('bulk.acts.delete')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
