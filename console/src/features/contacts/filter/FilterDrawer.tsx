/** Narrows the list by what people know about contacts. */
import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { IconPlus } from '@/shared/ui/icons'
import { ConditionLine, useKinds } from './ConditionLine'
import { type Condition, type Filter, filterOf, type Join, linesOf } from './filter'
import classes from './filter.module.css'

interface FilterDrawerProps {
  filter: Filter | undefined
  onApply: (filter: Filter | undefined) => void
  onClose: () => void
}

/** Lines have no names of their own; these tell them apart while they are edited. */
let last = 0
const numbered = (condition: Condition) => ({ number: ++last, condition })

export function FilterDrawer({ filter, onApply, onClose }: FilterDrawerProps) {
  const { t } = useTranslation('contacts')
  const kinds = useKinds()
  const [{ groups, ...start }] = useState(() => linesOf(filter))
  const [join, setJoin] = useState<Join>(start.join)
  const [lines, setLines] = useState(() => start.conditions.map(numbered))
  const first = kinds[0]
  function add(): void {
    const verb = first?.verbs[0]
    if (!first || !verb) return
    setLines((now) => [...now, numbered({ ...first.about, operator: verb.operator, value: verb.says })])
  }
  return (
    <FormDrawer
      isOpen
      title={t('filter.title')}
      submitLabel={t('filter.apply')}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault()
        onApply(filterOf({ join, conditions: lines.map(({ condition }) => condition), groups }))
      }}
      aside={
        filter && (
          <Button variant="subtle" color="gray" onClick={() => onApply(undefined)}>
            {t('filter.clear')}
          </Button>
        )
      }
    >
      {lines.length > 1 && (
        <SegmentedControl
          aria-label={t('filter.join')}
          value={join}
          onChange={(value) => setJoin(value === 'any' ? 'any' : 'all')}
          data={(['all', 'any'] as const).map((value) => ({ value, label: t(`filter.joins.${value}`) }))}
        />
      )}
      {lines.length === 0 && <p className="hd-muted">{t('filter.empty')}</p>}
      <ul className={classes.lines}>
        {lines.map(({ number, condition }) => (
          <ConditionLine
            key={number}
            condition={condition}
            onChange={(next) =>
              setLines((now) => now.map((one) => (one.number === number ? { number, condition: next } : one)))
            }
            onRemove={() => setLines((now) => now.filter((one) => one.number !== number))}
          />
        ))}
      </ul>
      {groups.length > 0 && <p className="hd-muted">{t('filter.groups', { count: groups.length })}</p>}
      <div>
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={add} disabled={!first}>
          {t('filter.add')}
        </Button>
      </div>
    </FormDrawer>
  )
}
