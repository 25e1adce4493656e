/**
 * Every keyboard shortcut of the console, in one table.
 *
 * A feature binds an id to what it does (`useActions`); the table alone decides the keys, feeds the sheet
 * behind `?`, and a test refuses two meanings for one key. Keys: `mod` is Ctrl, ⌘ on a Mac; a space
 * separates keys pressed one after the other. Texts are in shared/i18n/texts under `shortcuts`.
 */

export interface Shortcut {
  group: 'general' | 'go' | 'inbox' | 'ticket' | 'composer' | 'duplicates' | 'exams'
  keys: readonly string[]
  /** Also works while typing in a field. Single letters never do. */
  whileTyping?: boolean
}

export const shortcuts = {
  palette: { group: 'general', keys: ['mod+k'], whileTyping: true },
  help: { group: 'general', keys: ['?'] },
  search: { group: 'general', keys: ['/'] },
  close: { group: 'general', keys: ['escape'] },
  theme: { group: 'general', keys: ['mod+shift+l'], whileTyping: true },

  goInbox: { group: 'go', keys: ['g i'] },
  goContacts: { group: 'go', keys: ['g c'] },
  goTeam: { group: 'go', keys: ['g u'] },
  goQueues: { group: 'go', keys: ['g q'] },
  goConnections: { group: 'go', keys: ['g n'] },
  goSettings: { group: 'go', keys: ['g s'] },

  nextTicket: { group: 'inbox', keys: ['j', 'arrowdown'] },
  previousTicket: { group: 'inbox', keys: ['k', 'arrowup'] },
  openTicket: { group: 'inbox', keys: ['enter'] },
  tabMine: { group: 'inbox', keys: ['1'] },
  tabWaiting: { group: 'inbox', keys: ['2'] },
  tabAll: { group: 'inbox', keys: ['3'] },
  tabClosed: { group: 'inbox', keys: ['4'] },
  unreadOnly: { group: 'inbox', keys: ['shift+u'] },
  newTicket: { group: 'inbox', keys: ['c'] },
  filter: { group: 'inbox', keys: ['shift+f'] },
  pick: { group: 'inbox', keys: ['x'] },
  pickRange: { group: 'inbox', keys: ['shift+x'] },
  nextTicketWhileTyping: { group: 'inbox', keys: ['alt+arrowdown'], whileTyping: true },
  previousTicketWhileTyping: { group: 'inbox', keys: ['alt+arrowup'], whileTyping: true },

  accept: { group: 'ticket', keys: ['i'] },
  transfer: { group: 'ticket', keys: ['t', 'q'] },
  closeTicket: { group: 'ticket', keys: ['e'] },
  reopenTicket: { group: 'ticket', keys: ['o'] },
  markUnread: { group: 'ticket', keys: ['u'] },
  snooze: { group: 'ticket', keys: ['s'] },
  priority: { group: 'ticket', keys: ['p'] },
  tags: { group: 'ticket', keys: ['l'] },
  people: { group: 'ticket', keys: ['w'] },
  pin: { group: 'ticket', keys: ['b'] },
  merge: { group: 'ticket', keys: ['f'] },
  undo: { group: 'ticket', keys: ['z'] },
  copyLink: { group: 'ticket', keys: ['y'] },
  macro: { group: 'ticket', keys: ['m'] },
  toggleContact: { group: 'ticket', keys: ['d'] },

  reply: { group: 'composer', keys: ['r'] },
  note: { group: 'composer', keys: ['n'] },
  attach: { group: 'composer', keys: ['a'] },
  emoji: { group: 'composer', keys: ['mod+e'], whileTyping: true },
  later: { group: 'composer', keys: ['mod+shift+s'], whileTyping: true },
  interactive: { group: 'composer', keys: ['mod+shift+x'], whileTyping: true },
  copilotSuggest: { group: 'composer', keys: ['alt+s'], whileTyping: true },
  copilotRewrite: { group: 'composer', keys: ['alt+w'], whileTyping: true },
  copilotTranslate: { group: 'composer', keys: ['alt+t'], whileTyping: true },
  copilotSummary: { group: 'composer', keys: ['alt+u'], whileTyping: true },
  copilotContact: { group: 'composer', keys: ['alt+k'], whileTyping: true },
  copilotTags: { group: 'composer', keys: ['alt+l'], whileTyping: true },
  copilotAsk: { group: 'composer', keys: ['alt+q'], whileTyping: true },
  copilotTake: { group: 'composer', keys: ['alt+enter'], whileTyping: true },
  record: { group: 'composer', keys: ['mod+shift+v'], whileTyping: true },

  nextPair: { group: 'duplicates', keys: ['j', 'arrowdown'] },
  previousPair: { group: 'duplicates', keys: ['k', 'arrowup'] },
  mergePair: { group: 'duplicates', keys: ['m'] },
  partPair: { group: 'duplicates', keys: ['n'] },

  nextCase: { group: 'exams', keys: ['j', 'arrowdown'] },
  previousCase: { group: 'exams', keys: ['k', 'arrowup'] },
} as const satisfies Record<string, Shortcut>

export type ShortcutId = keyof typeof shortcuts

export function shortcutOf(id: ShortcutId): Shortcut {
  return shortcuts[id]
}
