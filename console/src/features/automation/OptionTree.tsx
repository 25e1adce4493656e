/** The options, level below level, each with its number as the customer sees it. Arrows on the buttons move it. */
import { ActionIcon, Tooltip } from '@mantine/core'
import { useQueues, useUsers } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { announce } from '@/shared/ui/announce'
import { IconArrowDown, IconArrowUp, IconPlus, IconWarning } from '@/shared/ui/icons'
import classes from './menus.module.css'
import { canHaveOptions, type DraftOption, isIncomplete, MOST, moveOption, type Place } from './tree'

interface OptionTreeProps {
  options: DraftOption[]
  chosen: Place | null
  onChoose: (place: Place) => void
  onChange: (options: DraftOption[]) => void
  onAdd: (parent: Place) => void
}

export function OptionTree(props: OptionTreeProps) {
  return <Level {...props} level={props.options} parent={[]} />
}

interface LevelProps extends OptionTreeProps {
  level: DraftOption[]
  parent: Place
}

function Level({ level, parent, ...tree }: LevelProps) {
  if (level.length === 0) return null
  return (
    <ol className={classes.level}>
      {level.map((option, index) => (
        <Row key={option.key} {...tree} option={option} place={[...parent, index]} count={level.length} />
      ))}
    </ol>
  )
}

interface RowProps extends OptionTreeProps {
  option: DraftOption
  place: Place
  count: number
}

function Row({ option, place, count, ...tree }: RowProps) {
  const { t } = useTranslation('automation')
  const at = place.at(-1) ?? 0
  const title = option.title || t('menus.untitled')
  const isChosen = tree.chosen?.join() === place.join()
  function move(by: -1 | 1): void {
    if (at + by < 0 || at + by >= count) return
    tree.onChange(moveOption(tree.options, place, by))
    tree.onChoose(place.with(-1, at + by))
    announce(t('menus.moved', { title, place: at + by + 1, total: count }))
  }
  return (
    <li>
      <div className={classes.row} data-chosen={isChosen || undefined}>
        <button
          type="button"
          className={classes.option}
          aria-pressed={isChosen}
          onClick={() => tree.onChoose(place)}
          onKeyDown={(event) => {
            if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
            event.preventDefault()
            move(event.key === 'ArrowUp' ? -1 : 1)
          }}
        >
          <span className={classes.number}>{at + 1}</span>
          <span className="hd-ellipsis">{title}</span>
          <Does option={option} />
        </button>
        <span className={classes.tools}>
          <Tooltip label={t('menus.up')}>
            <ActionIcon
              size="sm"
              disabled={at === 0}
              aria-label={t('menus.upOne', { title })}
              onClick={() => move(-1)}
            >
              <IconArrowUp size={14} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('menus.down')}>
            <ActionIcon
              size="sm"
              disabled={at === count - 1}
              aria-label={t('menus.downOne', { title })}
              onClick={() => move(1)}
            >
              <IconArrowDown size={14} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('menus.below')}>
            <ActionIcon
              size="sm"
              disabled={!canHaveOptions(option, place.length) || option.options.length >= MOST}
              aria-label={t('menus.belowOne', { title })}
              onClick={() => tree.onAdd(place)}
            >
              <IconPlus size={14} />
            </ActionIcon>
          </Tooltip>
        </span>
      </div>
      <Level {...tree} level={option.options} parent={place} />
    </li>
  )
}

function Does({ option }: { option: DraftOption }) {
  const { t } = useTranslation('automation')
  const queues = useQueues()
  const users = useUsers()
  if (isIncomplete(option)) {
    return (
      <span className={classes.kind} data-missing>
        <IconWarning size={14} aria-hidden /> {t('menus.incomplete')}
      </span>
    )
  }
  const queue = option.kind === 'queue' && queues.find(({ id }) => id === option.queue)
  const agent = option.kind === 'agent' && users.find(({ id }) => id === option.agent)
  const where = (queue || agent || undefined)?.name
  return (
    <span className={classes.kind}>
      {t(`menus.kinds.${option.kind}`)}
      {where && where !== option.title && ` · ${where}`}
    </span>
  )
}
