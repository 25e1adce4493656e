/** The steps of a macro one below the other: added, filled in, moved, removed. */
import { ActionIcon, Button, Menu } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash, IconWarning } from '@/shared/ui/icons'
import classes from './macros.module.css'
import { StepForm } from './StepForm'
import {
  type DraftStep,
  isAfterClose,
  KINDS,
  lackOf,
  moved,
  newStep,
  STEP_ICONS,
  type StepValues,
} from './steps'

const MOST = 20

interface StepsEditorProps {
  steps: readonly DraftStep[]
  onChange: (steps: DraftStep[]) => void
  /** Whether to say what is missing. */
  isTried: boolean
  isReadOnly: boolean
}

export function StepsEditor({ steps, onChange, isTried, isReadOnly }: StepsEditorProps) {
  const { t } = useTranslation('macros')
  const fill = (place: number, values: StepValues) =>
    onChange(steps.map((step, index) => (index === place ? { ...step, ...values } : step)))
  return (
    <section className={classes.steps} aria-label={t('steps')}>
      <h3 className={classes.subtitle}>{t('steps')}</h3>
      {steps.length === 0 && (
        <p className={isTried ? classes.lack : 'hd-muted'}>{t(isTried ? 'stepsMissing' : 'stepsText')}</p>
      )}
      <ol className={classes.list}>
        {steps.map((step, place) => (
          <li key={step.id} className={classes.step} data-testid={`step-${step.kind}`}>
            <StepHead
              step={step}
              place={place}
              count={steps.length}
              isReadOnly={isReadOnly}
              onMove={(to) => onChange(moved(steps, place, to))}
              onRemove={() => onChange(steps.toSpliced(place, 1))}
            />
            <StepForm step={step} onChange={(values) => fill(place, values)} isReadOnly={isReadOnly} />
            {isTried && lackOf(step) && <p className={classes.lack}>{t(`lacks.${lackOf(step)}`)}</p>}
            {isAfterClose(steps, place) && (
              <p className={classes.warning}>
                <IconWarning size={15} aria-hidden /> {t('afterClose')}
              </p>
            )}
          </li>
        ))}
      </ol>
      {!isReadOnly && <AddStep isFull={steps.length >= MOST} onAdd={(step) => onChange([...steps, step])} />}
    </section>
  )
}

interface StepHeadProps {
  step: DraftStep
  place: number
  count: number
  isReadOnly: boolean
  onMove: (to: number) => void
  onRemove: () => void
}

function StepHead({ step: { kind }, place, count, isReadOnly, onMove, onRemove }: StepHeadProps) {
  const { t } = useTranslation('macros')
  const Sign = STEP_ICONS[kind]
  const name = t(`kinds.${kind}`)
  return (
    <div className={classes.head}>
      <span className={classes.number}>{place + 1}</span>
      <Sign size={17} aria-hidden />
      <strong className={classes.kind}>{name}</strong>
      {!isReadOnly && (
        <>
          <ActionIcon
            size={28}
            aria-label={t('up', { name })}
            disabled={place === 0}
            onClick={() => onMove(place - 1)}
          >
            <IconArrowUp size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            size={28}
            aria-label={t('down', { name })}
            disabled={place === count - 1}
            onClick={() => onMove(place + 1)}
          >
            <IconArrowDown size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon size={28} aria-label={t('removeStep', { name })} onClick={onRemove}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </>
      )}
    </div>
  )
}

function AddStep({ isFull, onAdd }: { isFull: boolean; onAdd: (step: DraftStep) => void }) {
  const { t } = useTranslation('macros')
  return (
    <Menu width={260} position="bottom-start">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={isFull}
          data-testid="add-step"
        >
          {t('addStep')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {KINDS.map((kind) => {
          const Sign = STEP_ICONS[kind]
          return (
            <Menu.Item
              key={kind}
              leftSection={<Sign size={16} aria-hidden />}
              data-testid={`add-${kind}`}
              onClick={() => onAdd(newStep(kind))}
            >
              {t(`kinds.${kind}`)}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
