/** One line of a filter: about what, how, and which value. */
import { ActionIcon, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useFields } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { IconX } from '@/shared/ui/icons'
import { conditionsQuery } from '../queries'
import type { Condition } from './filter'
import classes from './filter.module.css'
import { ValueInput } from './ValueInput'
import { operatorsFor, useSubject, useVerb } from './words'

interface ConditionLineProps {
  condition: Condition
  onChange: (condition: Condition) => void
  onRemove: () => void
}

export function ConditionLine({ condition, onChange, onRemove }: ConditionLineProps) {
  const { t } = useTranslation('contacts')
  const subject = useSubject()
  const verb = useVerb()
  const kinds = useKinds()
  const fields = useFields('contact')
  const field = fields.find(({ key }) => key === condition.field)
  const kind = kinds.find(({ id }) => id === idOf(condition))
  const verbs = kind?.verbs ?? []
  const current = verbs.find(({ operator, says }) =>
    says === undefined
      ? operator === condition.operator
      : operator === condition.operator && says === condition.value,
  )
  function pickKind(id: string | null): void {
    const next = kinds.find((one) => one.id === id)
    const first = next?.verbs[0]
    if (!next || !first) return
    onChange({ ...next.about, operator: first.operator, value: first.says })
  }
  function pickVerb(id: string | null): void {
    const next = verbs.find((one) => one.id === id)
    if (!next) return
    const isSameKind = next.takes === current?.takes && next.says === undefined
    onChange({ ...condition, operator: next.operator, value: isSameKind ? condition.value : next.says })
  }
  return (
    <li className={classes.line}>
      <div className={classes.head}>
        <Select
          aria-label={t('filter.about')}
          className={classes.grow}
          searchable
          allowDeselect={false}
          data={kinds.map(({ id, about }) => ({ value: id, label: subject(about) }))}
          value={idOf(condition)}
          onChange={pickKind}
        />
        <ActionIcon
          size={34}
          aria-label={t('filter.remove', { name: subject(condition) })}
          onClick={onRemove}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </div>
      <div className={classes.rest} data-single={current?.says !== undefined || undefined}>
        <Select
          aria-label={t('filter.how')}
          allowDeselect={false}
          data={verbs.map(({ id }) => ({ value: id, label: verb(id, '…') }))}
          value={current?.id ?? null}
          onChange={pickVerb}
        />
        {current && current.says === undefined && (
          <ValueInput
            takes={current.takes}
            field={field}
            value={condition.value}
            label={subject(condition)}
            onChange={(value) => onChange({ ...condition, value })}
          />
        )}
      </div>
    </li>
  )
}

interface Verb {
  id: string
  operator: string
  takes: string
  /** Yes and no are chosen with the verb. */
  says?: boolean | undefined
}

interface Kind {
  id: string
  about: { key: string; field?: string }
  verbs: Verb[]
}

/** What the server can be asked, with one kind for each of the company's own fields. */
export function useKinds(): Kind[] {
  const { data = [] } = useQuery(conditionsQuery)
  const fields = useFields('contact')
  return data.flatMap(({ key, operators, has_field }) => {
    if (!has_field) return [{ id: key, about: { key }, verbs: operators.flatMap(verbsOf) }]
    return fields.map((field) => ({
      id: `${key}.${field.key}`,
      about: { key, field: field.key },
      verbs: operatorsFor(field)
        .flatMap((name) => operators.filter(({ operator }) => operator === name))
        .flatMap((one) => verbsOf(field.type === 'boolean' ? { ...one, takes: 'boolean' } : one)),
    }))
  })
}

function verbsOf({ operator, takes }: { operator: string; takes: string }): Verb[] {
  if (takes !== 'boolean') return [{ id: operator, operator, takes }]
  return [true, false].map((says) => ({ id: `${operator}_${says ? 'yes' : 'no'}`, operator, takes, says }))
}

function idOf({ key, field }: Condition): string {
  return field ? `${key}.${field}` : key
}
