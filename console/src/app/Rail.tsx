/** The way around: places above, search, help and me below; on phones the same as a bottom bar. */
import { Link } from '@tanstack/react-router'
import { Bell } from '@/features/notifications/Bell'
import { shortcutOf } from '@/shared/actions/shortcuts'
import { useTranslation } from '@/shared/i18n/translate'
import { keyCaps } from '@/shared/lib/hotkeys'
import { Hint } from '@/shared/ui/Hint'
import { IconHelp, IconSearch } from '@/shared/ui/icons'
import { MeMenu } from './MeMenu'
import { type Place, usePlaces } from './places'
import classes from './Rail.module.css'

interface RailProps {
  onSearch: () => void
  onHelp: () => void
}

export function Rail({ onSearch, onHelp }: RailProps) {
  const { t } = useTranslation('app')
  return (
    <nav className={classes.rail} aria-label={t('navigation')}>
      <ul className={classes.places}>
        {usePlaces().map((place) => (
          <li key={place.to}>
            <PlaceLink place={place} />
          </li>
        ))}
      </ul>
      <div className={classes.foot}>
        <Hint label={hint(t('search'), 'mod+k')} position="right">
          <button type="button" className={classes.item} onClick={onSearch} aria-label={t('search')}>
            <IconSearch size={21} stroke={1.6} aria-hidden />
          </button>
        </Hint>
        <Hint label={hint(t('help'), '?')} position="right">
          <button type="button" className={classes.item} data-wide onClick={onHelp} aria-label={t('help')}>
            <IconHelp size={21} stroke={1.6} aria-hidden />
          </button>
        </Hint>
        <Bell className={classes.item} />
        <MeMenu className={classes.item} />
      </div>
    </nav>
  )
}

function PlaceLink({ place: { to, label, icon: Sign, shortcut, isWideOnly } }: { place: Place }) {
  return (
    <Hint label={shortcut ? hint(label, shortcutOf(shortcut).keys[0] ?? '') : label} position="right">
      <Link
        to={to}
        className={classes.item}
        activeProps={{ 'data-active': true }}
        aria-label={label}
        data-place={to}
        data-wide={isWideOnly || undefined}
      >
        <Sign size={21} stroke={1.6} aria-hidden />
      </Link>
    </Hint>
  )
}

function hint(label: string, keys: string): string {
  return `${label}  ${keyCaps(keys)
    .map((caps) => caps.join('+'))
    .join(' ')}`
}
