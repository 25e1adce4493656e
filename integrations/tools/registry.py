"""Which tools there are, which of them an assistant has, and how what they declared is done."""

from integrations.actions.conversation import Act
from integrations.ai.port import Tool
from integrations.models import AssistantTool
from integrations.tools import (
    close_ticket,
    company_tool,
    hand_over,
    look_up_tickets,
    schedule_message,
    search_knowledge,
    set_field,
    set_tag,
    transfer_queue,
    verify_customer,
)
from integrations.tools.port import Around, BuiltIn
from tickets.models import Ticket

TOOLS: dict[str, BuiltIn] = {
    tool.name: tool
    for tool in (
        search_knowledge.TOOL,
        look_up_tickets.TOOL,
        set_tag.TOOL,
        set_field.TOOL,
        transfer_queue.TOOL,
        hand_over.TOOL,
        close_ticket.TOOL,
        schedule_message.TOOL,
        verify_customer.TOOL,
    )
}
ALWAYS = {search_knowledge.NAME, hand_over.NAME}  # offered unless they decline themselves


def offered(around: Around) -> dict[str, tuple[BuiltIn, Tool]]:
    """What this assistant may use in this conversation, by name."""
    wanted = [tool for name, tool in TOOLS.items() if name in ALWAYS or name in around.assistant.tools]
    theirs = AssistantTool.objects.live().filter(name__in=set(around.assistant.tools) - set(TOOLS))
    wanted += [company_tool.built(row) for row in theirs.order_by("name")]
    found = ((tool, tool.offer(around)) for tool in wanted)
    return {tool.name: (tool, told) for tool, told in found if told is not None}


def perform(ticket: Ticket, act: Act) -> None:
    """Do what a tool declared. The caller holds the ticket's lock, in the transaction that sends the answer.

    What became impossible meanwhile (a deleted tag, a closed ticket) is left undone.
    """
    tool = TOOLS.get(act.kind)
    if tool is not None and tool.perform is not None:
        tool.perform(ticket, act.params)
