/** What became of the rows so far. */
import type { ContactImport } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatNumber } from '@/shared/lib/dates'
import classes from './imports.module.css'

const RESULTS = [
  ['created', 'create'],
  ['updated', 'update'],
  ['unchanged', 'unchanged'],
  ['skipped', 'skip'],
  ['failed', 'fail'],
] as const

export function Counts({ job }: { job: ContactImport }) {
  const { t } = useTranslation('contacts')
  return (
    <ul className={classes.counts} data-testid="import-counts">
      {RESULTS.filter(([name]) => job[name] > 0 || name === 'created').map(([name, outcome]) => (
        <li key={name} className={classes.count} data-outcome={outcome}>
          <strong>{formatNumber(job[name])}</strong>
          <span>{t(`imports.results.${name}`)}</span>
        </li>
      ))}
    </ul>
  )
}
