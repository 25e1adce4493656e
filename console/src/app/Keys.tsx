/** Key caps: Ctrl K, or G then I. */
import { Kbd } from '@mantine/core'
import { Fragment } from 'react'
import { keyCaps } from '@/shared/lib/hotkeys'
import classes from './Keys.module.css'

export function Keys({ keys }: { keys: string }) {
  return (
    <span className={classes.keys}>
      {keyCaps(keys).map((caps) => (
        <Fragment key={caps.join('+')}>
          {caps.map((cap) => (
            <Kbd key={cap} size="xs">
              {cap}
            </Kbd>
          ))}
        </Fragment>
      ))}
    </span>
  )
}
