/** How much room there is: three panes, two and a drawer, or one at a time. */
import { useMediaQuery } from '@mantine/hooks'

export type Layout = 'wide' | 'narrow' | 'phone'

export function useLayout(): Layout {
  const isWide = useMediaQuery('(min-width: 1100px)', undefined, { getInitialValueInEffect: false })
  const isPhone = useMediaQuery('(max-width: 720px)', undefined, { getInitialValueInEffect: false })
  return isPhone ? 'phone' : isWide ? 'wide' : 'narrow'
}
