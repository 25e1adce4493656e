/** What narrows the list now, each part with a way to take it away. */
import { Button } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { IconX } from '@/shared/ui/icons'
import { useListAddress } from '../useInboxAddress'
import { useDescribe } from './describe'
import { isGroup, joinOf, partsOf, without } from './filter'
import classes from './finding.module.css'
import { SaveButtons, useChosenView } from './SaveButtons'
import { isChanged } from './views'

export function FilterChips() {
  const { t } = useTranslation('finding')
  const { search, change } = useListAddress()
  const { filter } = search
  const { view, sort } = useChosenView()
  const describe = useDescribe()
  // A view that is as it was saved is told by its name.
  if (!filter || (view && !isChanged(view, filter, sort))) return null
  const parts = joinOf(filter) === 'any' ? [filter] : partsOf(filter)
  return (
    <section className={classes.chips} aria-label={t('active')}>
      {parts.map((part, place) => {
        const words = describe(part)
        const rest = part === filter ? undefined : without(filter, place)
        return (
          <span key={words} className={classes.chip} data-group={isGroup(part) || undefined}>
            <span className="hd-ellipsis" title={words}>
              {words}
            </span>
            <button
              type="button"
              className={classes.removeChip}
              aria-label={t('removeChip', { name: words })}
              onClick={() => change({ filter: rest })}
            >
              <IconX size={14} aria-hidden />
            </button>
          </span>
        )
      })}
      <Button
        size="compact-xs"
        variant="subtle"
        onClick={() =>
          change({
            filter: view?.filter,
            ...(view && { sort: view.sort === 'newest' ? undefined : view.sort }),
          })
        }
      >
        {t(view ? 'revert' : 'clear')}
      </Button>
      <SaveButtons size="compact-xs" />
    </section>
  )
}
