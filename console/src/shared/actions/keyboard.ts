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
    let isCovered = false
    /** Before anybody else: the key that closes a dialog must not do something on the page behind it as well. */
    function look(): void {
      isCovered = hasCover()
    }
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return
      const sequence =
        event.timeStamp - pressedAt < SEQUENCE_WITHIN && pressed ? `${pressed} ${keyOf(event)}` : keyOf(event)
      const actions = usable(event, isCovered)
      const action = actions.find((candidate) => keysOf(candidate).includes(sequence))
      pressed = actions.some((candidate) => keysOf(candidate).some((keys) => keys.startsWith(`${sequence} `)))
        ? sequence
        : ''
      pressedAt = event.timeStamp
      if (!action) return
      event.preventDefault()
      action.perform()
    }
    window.addEventListener('keydown', look, true)
    document.addEventListener('keydown', onKeyDown)
    return () => {
      window.removeEventListener('keydown', look, true)
      document.removeEventListener('keydown', onKeyDown)
    }
  }, [])
}

function usable(event: KeyboardEvent, isCovered: boolean): Action[] {
  // On a button Enter presses it; the rows of the inbox, buttons too, leave it to their action.
  if (event.key === 'Enter' && isPressable(event.target)) return []
  const typing = isTyping(event.target)
  // Behind an open dialog or menu the page's shortcuts are silent; those of the dialog itself are its own business.
  return activeActions().filter(({ shortcut }) => {
    if (!shortcut) return false
    const { whileTyping } = shortcutOf(shortcut)
    return (!typing || whileTyping) && (!isCovered || whileTyping)
  })
}

/** A closed list may still be in the page, unseen. */
function hasCover(): boolean {
  return [...document.querySelectorAll(COVERS)].some((element) => element.checkVisibility())
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
