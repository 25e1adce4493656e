/** Conditions, all or any of which must hold; one of them may be a group of its own. */
import { Button, CloseButton, SegmentedControl, Select } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { IconPlus } from '@/shared/ui/icons'
import { ConditionLine } from './ConditionLine'
import { type DraftGroup, type DraftItem, isDraftGroup, newGroup, newLine, replaced } from './draft'
import classes from './finding.module.css'
import { conditionOn, type Subject, useSubjects } from './subjects'

interface GroupEditorProps {
  group: DraftGroup
  most: number
  isOutermost?: boolean
  onChange: (group: DraftGroup) => void
  onRemove?: () => void
}

export function GroupEditor({ group, most, isOutermost, onChange, onRemove }: GroupEditorProps) {
  const { t } = useTranslation('finding')
  const subjects = useSubjects()
  const { items } = group
  const add = (item: DraftItem) => onChange({ ...group, items: [...items, item] })

  return (
    <fieldset className={isOutermost ? classes.outermost : classes.group}>
      <legend className="hd-hidden">{t(isOutermost ? 'filter' : 'group')}</legend>
      {(items.length > 1 || !isOutermost) && (
        <div className={classes.join}>
          <SegmentedControl
            size="xs"
            aria-label={t('join')}
            value={group.join}
            onChange={(join) => onChange({ ...group, join: join === 'any' ? 'any' : 'all' })}
            data={[
              { value: 'all', label: t('all') },
              { value: 'any', label: t('any') },
            ]}
          />
          {onRemove && <CloseButton aria-label={t('removeGroup')} onClick={onRemove} />}
        </div>
      )}
      {items.map((item) =>
        isDraftGroup(item) ? (
          <GroupEditor
            key={item.id}
            group={item}
            most={most}
            onChange={(next) => onChange(replaced(group, item.id, next))}
            onRemove={() => onChange(replaced(group, item.id, null))}
          />
        ) : (
          <ConditionLine
            key={item.id}
            condition={item.condition}
            subjects={subjects}
            onChange={(condition) => onChange(replaced(group, item.id, { ...item, condition }))}
            onRemove={() => onChange(replaced(group, item.id, null))}
          />
        ),
      )}
      <div className={classes.adders}>
        <AddCondition subjects={subjects} onAdd={(subject) => add(newLine(conditionOn(subject)))} />
        {isOutermost && items.length > 0 && items.length < most && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => add(newGroup(group.join === 'all' ? 'any' : 'all'))}
            data-testid="add-group"
          >
            {t('addGroup')}
          </Button>
        )}
      </div>
    </fieldset>
  )
}

interface AddConditionProps {
  subjects: readonly Subject[]
  onAdd: (subject: Subject) => void
}

function AddCondition({ subjects, onAdd }: AddConditionProps) {
  const { t } = useTranslation('finding')
  return (
    <Select
      className={classes.add}
      aria-label={t('addCondition')}
      placeholder={t('addCondition')}
      leftSection={<IconPlus size={15} aria-hidden />}
      data={grouped(subjects, t)}
      value={null}
      searchable
      onChange={(id) => {
        const subject = subjects.find((one) => one.id === id)
        if (subject) onAdd(subject)
      }}
      data-testid="add-condition"
    />
  )
}

const GROUPS = ['conversation', 'dates', 'customer'] as const

export function grouped(subjects: readonly Subject[], t: (key: string) => string) {
  return GROUPS.map((group) => ({
    group: t(`groups.${group}`),
    items: subjects
      .filter((subject) => subject.group === group)
      .map(({ id, label }) => ({ value: id, label })),
  })).filter(({ items }) => items.length > 0)
}
