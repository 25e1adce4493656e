/** A round button of the composer; its hint names the keys that do the same. */
import { ActionIcon } from '@mantine/core'
import type { ComponentProps } from 'react'
import { type ShortcutId, shortcutOf } from '@/shared/actions/shortcuts'
import { keyText } from '@/shared/lib/hotkeys'
import { Hint } from '@/shared/ui/Hint'
import type { Icon } from '@/shared/ui/icons'

interface RoundButtonProps
  extends Pick<ComponentProps<'button'>, 'ref' | 'onClick' | 'onFocus' | 'onPointerEnter' | 'aria-expanded'> {
  label: string
  keys: ShortcutId
  icon: Icon
  testid: string
}

export function RoundButton({ label, keys, icon: Sign, testid, ...props }: RoundButtonProps) {
  return (
    <Hint label={`${label}  ${keyText(shortcutOf(keys).keys[0])}`}>
      <ActionIcon size={38} radius={999} aria-label={label} data-testid={testid} {...props}>
        <Sign size={21} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Hint>
  )
}
