/** The sheet behind `?`: every shortcut there is, by group. */
import { Anchor, Modal } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMaySetUp } from '@/features/onboarding/steps'
import { type Shortcut, type ShortcutId, shortcuts } from '@/shared/actions/shortcuts'
import { useTranslation } from '@/shared/i18n/translate'
import { Keys } from './Keys'
import classes from './ShortcutsSheet.module.css'

const GROUPS: Shortcut['group'][] = ['general', 'go', 'inbox', 'ticket', 'composer', 'duplicates']

export function ShortcutsSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['app', 'common'])
  const maySetUp = useMaySetUp()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('help')}
      size={760}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {maySetUp && (
        <Anchor component={Link} to="/welcome" onClick={onClose} className={classes.steps}>
          {t('places.welcome')}
        </Anchor>
      )}
      <div className={classes.groups}>
        {GROUPS.map((group) => (
          <section key={group} className={classes.group}>
            <h3 className={classes.title}>{t(`common:shortcuts.groups.${group}`)}</h3>
            <dl className={classes.list}>
              {idsOf(group).map((id) => (
                <div key={id} className={classes.row}>
                  <dt>{t(`common:shortcuts.${id}`)}</dt>
                  <dd className={classes.keys}>
                    {shortcuts[id].keys.map((keys) => (
                      <Keys key={keys} keys={keys} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}

function idsOf(group: Shortcut['group']): ShortcutId[] {
  return (Object.keys(shortcuts) as ShortcutId[]).filter((id) => shortcuts[id].group === group)
}
