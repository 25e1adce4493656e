/** Above the field while the 24-hour window is closed: what becomes of the words, and the template that helps. */
import { useTranslation } from '@/shared/i18n/translate'
import { IconHourglass, IconTemplate } from '@/shared/ui/icons'
import classes from './Composer.module.css'
import { openTemplates } from './templates'

interface ParkBarProps {
  ticket: number
  /** The customer has never written. */
  isNever: boolean
  /** Something waits already, so the template was sent. */
  isWaiting: boolean
}

export function ParkBar({ ticket, isNever, isWaiting }: ParkBarProps) {
  const { t } = useTranslation('inbox')
  return (
    <div className={classes.parkBar} data-testid="composer-parking">
      <IconHourglass size={17} stroke={1.8} aria-hidden />
      <p>
        <strong>{t(isNever ? 'park.barNever' : 'park.bar')}</strong>{' '}
        {t(isWaiting ? 'park.barWaiting' : 'park.barText')}
      </p>
      <button type="button" onClick={() => openTemplates(ticket)} data-testid="send-template">
        <IconTemplate size={15} aria-hidden /> {t('window.template')}
      </button>
    </div>
  )
}
