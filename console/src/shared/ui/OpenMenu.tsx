/** The menu itself. It opens as it arrives, with the focus on its button, to which it gives the focus back. */
import { Menu } from '@mantine/core'
import { cloneElement, Suspense, useEffect, useRef, useState } from 'react'
import type { LazyMenuProps } from './LazyMenu'

export function OpenMenu({ width, position, button, children }: LazyMenuProps) {
  const [isOpen, setOpen] = useState(false)
  const target = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    target.current?.focus()
    setOpen(true)
  }, [])
  return (
    <Menu width={width} position={position} opened={isOpen} onChange={setOpen}>
      <Menu.Target>{cloneElement(button(), { ref: target })}</Menu.Target>
      <Menu.Dropdown>
        <Suspense>{children()}</Suspense>
      </Menu.Dropdown>
    </Menu>
  )
}
