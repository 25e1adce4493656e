/** Turns key presses into actions; mounted once by the app. */
import { useEffect } from 'react'
import { isTyping, keyOf, SEQUENCE_WITHIN } from '@/shared/lib/hotkeys'
import { type Action, activeActions } from './registry'
import { shortcutOf } from './shortcuts'

const COVERS = '[role=dialog][aria-modal=true], [role=menu], [role=listbox]'

export function useKeyboard(): void {
  useEffect(() => {
    let pressed = ''
    let pressedAt = 0
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return
      const sequence =
        event.timeStamp - pressedAt < SEQUENCE_WITHIN && pressed ? `${pressed} ${keyOf(event)}` : keyOf(event)
      const actions = usable(event)
      const action = actions.find((candidate) => keysOf(candidate).includes(sequence))
      pressed = actions.some((candidate) => keysOf(candidate).some((keys) => keys.startsWith(`${sequence} `)))
        ? sequence
        : ''
      pressedAt = event.timeStamp
      if (!action) return
      event.preventDefault()
      action.perform()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

function usable(event: KeyboardEvent): Action[] {
  // On a button Enter presses it; the rows of the inbox, buttons too, leave it to their action.
  if (event.key === 'Enter' && isPressable(event.target)) return []
  const typing = isTyping(event.target)
  // Behind an open dialog or menu the page's shortcuts are silent; those of the dialog itself are its own business.
  // A closed list may still be in the page, unseen.
  const covered = [...document.querySelectorAll(COVERS)].some((element) => element.checkVisibility())
  return activeActions().filter(({ shortcut }) => {
    if (!shortcut) return false
    const { whileTyping } = shortcutOf(shortcut)
    return (!typing || whileTyping) && (!covered || whileTyping)
  })
}

function keysOf(action: Action): readonly string[] {
  return action.shortcut ? shortcutOf(action.shortcut).keys : []
}

function isPressable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a[href], button:not([data-ticket]), summary') !== null
}

function isModifier(key: string): boolean {
  return ['Shift', 'Control', 'Alt', 'Meta'].includes(key)
}
