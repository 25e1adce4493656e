/** A filter in words, for its chips. */

import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime } from '@/shared/lib/dates'
import { type Condition, type Group, isGroup, joinOf, type Part, partsOf } from './filter'
import { useChoices } from './names'
import { subjectOf, useSubjects } from './subjects'

const MOST = 3

export function useDescribe(): (part: Part) => string {
  const { t, exists } = useTranslation('finding')
  const subjects = useSubjects()
  const choicesOf = useChoices()

  function describe(part: Part): string {
    return isGroup(part) ? describeGroup(part) : describeOne(part)
  }

  function describeGroup(group: Group): string {
    return partsOf(group)
      .map((part) => (isGroup(part) ? `(${describe(part)})` : describe(part)))
      .join(` ${t(joinOf(group) === 'any' ? 'or' : 'and')} `)
  }

  function describeOne(condition: Condition): string {
    const { key, operator, value } = condition
    const subject = subjects.find(({ id }) => id === subjectOf(condition))
    const name = subject?.label ?? (condition.field || t(`keys.${key}`))
    if (typeof value === 'boolean') {
      const said = `says.${key}_${operator}_${value ? 'yes' : 'no'}`
      if (exists(said)) return t(said)
      if (operator === 'is_empty') return t(value ? 'chips.empty' : 'chips.filled', { name })
      return `${name}: ${t(value ? 'yes' : 'no')}`
    }
    const takes = subject?.operators.find((one) => one.operator === operator)?.takes ?? ''
    const values = (Array.isArray(value) ? value : [value]).map((one) =>
      takes === 'moment'
        ? formatDateTime(String(one))
        : (choicesOf(takes, subject?.choices ?? [], key).find((choice) => choice.value === String(one))
            ?.label ?? String(one)),
    )
    const more = values.length - MOST
    const words = [...values.slice(0, MOST), ...(more > 0 ? [`+${more}`] : [])].join(', ')
    return exists(`chips.${operator}`) ? t(`chips.${operator}`, { name, value: words }) : `${name}: ${words}`
  }

  return describe
}
