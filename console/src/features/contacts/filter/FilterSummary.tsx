/** The filter in words, each condition to take away. */
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { IconX } from '@/shared/ui/icons'
import { type Filter, filterOf, linesOf } from './filter'
import classes from './filter.module.css'
import { useInWords } from './words'

interface FilterSummaryProps {
  filter: Filter
  onChange: (filter: Filter | undefined) => void
  /** What can be done with the filter. */
  children?: ReactNode
}

export function FilterSummary({ filter, onChange, children }: FilterSummaryProps) {
  const { t } = useTranslation('contacts')
  const inWords = useInWords()
  const lines = linesOf(filter)
  return (
    <div className={classes.summary}>
      {lines.conditions.map((condition, index) => {
        const words = inWords(condition)
        const without = { ...lines, conditions: lines.conditions.filter((one) => one !== condition) }
        return (
          <button
            key={words}
            type="button"
            className={classes.chip}
            aria-label={t('filter.remove', { name: words })}
            onClick={() => onChange(filterOf(without))}
          >
            {index > 0 && lines.join === 'any' && <span className="hd-muted">{t('filter.or')}</span>}
            <span className="hd-ellipsis">{words}</span>
            <IconX size={14} aria-hidden />
          </button>
        )
      })}
      {lines.groups.length > 0 && (
        <span className="hd-muted">{t('filter.groups', { count: lines.groups.length })}</span>
      )}
      {children}
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onChange(undefined)}>
        {t('filter.clear')}
      </Button>
    </div>
  )
}
