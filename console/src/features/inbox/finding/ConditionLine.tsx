/** One condition: what it is about, how it is compared, and with what. */
import { CloseButton, Select } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { ConditionValue } from './ConditionValue'
import type { Condition } from './filter'
import classes from './finding.module.css'
import { conditionOn, type Subject, subjectOf } from './subjects'

interface ConditionLineProps {
  condition: Condition
  subjects: readonly Subject[]
  onChange: (condition: Condition) => void
  onRemove: () => void
}

export function ConditionLine({ condition, subjects, onChange, onRemove }: ConditionLineProps) {
  const { t, exists } = useTranslation('finding')
  const subject = subjects.find(({ id }) => id === subjectOf(condition))
  const operators = subject?.operators ?? [{ operator: condition.operator, takes: '' }]
  const takes = operators.find(({ operator }) => operator === condition.operator)?.takes ?? ''
  const nameOf = (operator: string) => {
    const own = `operators.${condition.key}_${operator}`
    return exists(own) ? t(own) : t(`operators.${operator}`)
  }

  function compare(operator: string | null): void {
    if (!operator || !subject) return
    const next = conditionOn(subject, operator)
    const isAlike = subject.operators.find((one) => one.operator === operator)?.takes === takes
    onChange(isAlike ? { ...next, value: condition.value } : next)
  }

  const label = subject?.label ?? condition.field ?? t(`keys.${condition.key}`)
  return (
    <fieldset className={classes.line} data-testid={`condition-${condition.key}`}>
      <legend className="hd-hidden">{label}</legend>
      <span className={classes.subject}>{label}</span>
      {operators.length > 1 ? (
        <Select
          className={classes.operator}
          aria-label={t('comparison', { name: label })}
          data={operators.map(({ operator }) => ({ value: operator, label: nameOf(operator) }))}
          value={condition.operator}
          allowDeselect={false}
          onChange={compare}
        />
      ) : (
        <span className={classes.only}>{nameOf(condition.operator)}</span>
      )}
      <ConditionValue
        label={label}
        condition={condition}
        takes={takes}
        subject={subject}
        onChange={(value) => onChange({ ...condition, value })}
      />
      <CloseButton
        className={classes.removeLine}
        aria-label={t('removeCondition', { name: label })}
        onClick={onRemove}
      />
    </fieldset>
  )
}
