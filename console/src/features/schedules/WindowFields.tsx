/** Says when free words would no longer arrive, and offers the template that does. */
import { Button, Group, Modal } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useState } from 'react'
import type { TemplateChoice } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime, timeZone } from '@/shared/lib/dates'
import { momentOf } from '@/shared/lib/zones'
import { type Chosen, TemplateChooser } from '@/shared/templates/TemplateChooser'
import { IconTemplate, IconWarning } from '@/shared/ui/icons'
import classes from './schedules.module.css'
import { isOutsideWindow, type ScheduleFields } from './values'

interface WindowFieldsProps {
  form: UseFormReturnType<ScheduleFields>
  /** Until when free words arrive; undefined where that is not known of one contact. */
  closesAt: string | null | undefined
  /** The number that sends it, and whose customer it is shown for. */
  connection?: number | undefined
  ticket?: number | undefined
}

export function WindowFields({ form, closesAt, connection, ticket }: WindowFieldsProps) {
  const { t } = useTranslation('schedules')
  const { values } = form
  const [isChoosing, setChoosing] = useState(false)
  const isKnown = closesAt !== undefined
  const isOutside = isKnown && isOutsideWindow(momentOf(values, timeZone()), closesAt)
  const choose = (template: TemplateChoice | null) => form.setFieldValue('template', template)
  if (isKnown && !isOutside && values.unit === '' && !values.template) return null
  return (
    <div className={classes.window} data-outside={isOutside || undefined} data-testid="window-warning">
      <p className={classes.warning}>
        <IconWarning size={16} aria-hidden />
        <span>
          {!isOutside && t('window.maybe')}
          {isOutside && closesAt && t('window.closes', { at: formatDateTime(closesAt) })}
          {isOutside && !closesAt && t('window.never')}
        </span>
      </p>
      <Group gap="xs">
        <Button
          variant="default"
          leftSection={<IconTemplate size={16} aria-hidden />}
          onClick={() => setChoosing(true)}
        >
          {values.template ? `${values.template.name} · ${values.template.language}` : t('window.template')}
        </Button>
        {values.template && (
          <Button variant="subtle" onClick={() => choose(null)}>
            {t('window.without')}
          </Button>
        )}
      </Group>
      {isChoosing && (
        <Choice
          connection={connection ?? null}
          ticket={ticket}
          initial={values.template}
          onChoose={choose}
          onClose={() => setChoosing(false)}
        />
      )}
    </div>
  )
}

interface ChoiceProps {
  connection: number | null
  ticket: number | undefined
  initial: TemplateChoice | null
  onChoose: (template: TemplateChoice) => void
  onClose: () => void
}

/** Variables are filled in for each customer when their message leaves. */
function Choice({ connection, ticket, initial, onChoose, onClose }: ChoiceProps) {
  const { t } = useTranslation(['schedules', 'common'])
  const [chosen, setChosen] = useState<Chosen | null>(null)
  return (
    <Modal
      opened
      size={820}
      onClose={onClose}
      title={t('schedules:window.template')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <TemplateChooser connection={connection} ticket={ticket} initial={initial} onChoose={setChosen} />
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          disabled={!chosen?.isReady}
          onClick={() => {
            if (chosen) onChoose(chosen.choice)
            onClose()
          }}
        >
          {t('schedules:window.use')}
        </Button>
      </Group>
    </Modal>
  )
}
