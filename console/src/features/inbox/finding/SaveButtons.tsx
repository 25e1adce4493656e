/** Keeps the filter under a name, or changes the view that it came from. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { useMe } from '@/shared/session/store'
import { toast } from '@/shared/ui/toast'
import { useListAddress } from '../useInboxAddress'
import { withTab } from './filter'
import { ViewDialog } from './ViewDialog'
import { isChanged, useSaveView, useViews, type View } from './views'

export function SaveButtons({ size = 'sm' }: { size?: 'sm' | 'compact-xs' }) {
  const { t } = useTranslation('finding')
  const errorText = useErrorText()
  const { search, tab } = useListAddress()
  const { view, sort } = useChosenView()
  const me = useMe()
  const save = useSaveView()
  const [isNaming, setNaming] = useState(false)
  if (!search.filter || (view && !isChanged(view, search.filter, sort))) return null
  const mayChange =
    view?.kind === 'own' || (view?.kind === 'shared' && me.permissions.includes('views.write'))
  return (
    <>
      {mayChange && view?.row && (
        <Button
          size={size}
          variant="default"
          loading={save.isPending}
          onClick={() =>
            save.mutate(
              { id: view.row?.id ?? 0, filter: search.filter, sort },
              {
                onSuccess: () => void toast({ message: t('saved', { name: view.name }) }),
                onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
              },
            )
          }
          data-testid="update-view"
        >
          {t('update')}
        </Button>
      )}
      <Button size={size} variant="default" onClick={() => setNaming(true)} data-testid="save-view">
        {t('save')}
      </Button>
      {isNaming && (
        <ViewDialog
          view={null}
          filter={withTab(tab, search.filter)}
          sort={sort}
          onClose={() => setNaming(false)}
        />
      )}
    </>
  )
}

/** The view that the address names, and the order that holds now. */
export function useChosenView(): { view: View | undefined; sort: View['sort'] } {
  const { search } = useListAddress()
  const { views } = useViews()
  return { view: views.find(({ key }) => key === search.view), sort: search.sort ?? 'newest' }
}
