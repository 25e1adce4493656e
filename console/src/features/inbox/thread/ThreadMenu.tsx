/** The lines of a ticket's menu. */
import { Menu } from '@mantine/core'
import type { TicketAction, TicketVerb } from './ticketActions'

interface ThreadMenuProps {
  actions: readonly TicketAction[]
  onAction: (verb: TicketVerb) => void
}

export function ThreadMenu({ actions, onAction }: ThreadMenuProps) {
  return actions.map(({ verb, label, icon: Sign, refusal }) => (
    <Menu.Item
      key={verb}
      leftSection={<Sign size={17} stroke={1.7} aria-hidden />}
      disabled={refusal !== null}
      title={refusal ?? undefined}
      data-testid={`menu-${verb}`}
      onClick={() => onAction(verb)}
    >
      {label}
      {refusal && <span className="hd-muted"> · {refusal}</span>}
    </Menu.Item>
  ))
}
