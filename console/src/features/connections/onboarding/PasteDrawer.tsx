/** Connect by pasting the values of Meta's dashboard. */
import { ConnectionDrawer } from '../ConnectionDrawer'
import type { ConnectProps } from './kinds'

export function PasteDrawer(props: ConnectProps) {
  return <ConnectionDrawer connection={null} {...props} />
}
