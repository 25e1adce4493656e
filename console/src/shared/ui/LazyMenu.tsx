/** A button whose menu is fetched with the first press: menus are heavy, and most are never opened. */
import { type ReactElement, type ReactNode, type Ref, Suspense, useState } from 'react'
import { later } from '@/shared/lib/later'

const OpenMenu = later(() => import('./OpenMenu'), 'OpenMenu')

export interface LazyMenuProps {
  width: number
  position: 'right-end' | 'bottom-end'
  /** Drawn with `onPress` before the menu is there; the menu takes it over afterwards. */
  button: (onPress?: () => void) => ReactElement<{ ref?: Ref<HTMLButtonElement> }>
  children: () => ReactNode
}

export function LazyMenu(props: LazyMenuProps) {
  const [isWanted, setWanted] = useState(false)
  const waiting = props.button(() => setWanted(true))
  if (!isWanted) return waiting
  return (
    <Suspense fallback={waiting}>
      <OpenMenu {...props} />
    </Suspense>
  )
}
