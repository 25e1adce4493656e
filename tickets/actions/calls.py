"""A customer calls: one line in the conversation, however often the call is told and in whatever order."""

from typing import Any

from django.db import transaction

from tickets.actions import inbound, tell
from tickets.models import Connection, Message
from tickets.models.message import Kind
from tickets.transport import Call, Inbound

RANK = {"ringing": 0, "missed": 1, "rejected": 1, "answered": 2}


@transaction.atomic(savepoint=False)
def record(connection: Connection, call: Call, *, is_missed: bool = False) -> None:
    """The first news opens the window and the ticket as a message would; later ones say how it ended."""
    rows = Message.objects.with_parts().select_related("ticket").select_for_update(of=("self",))
    message: Message | None = rows.filter(connection=connection, provider_id=call.provider_id).first()
    if message is None:
        said = Inbound(
            call.provider_id,
            call.sender,
            Kind.CALL,
            call.at,
            content=_content(call),
            is_missed=is_missed,
        )
        inbound.receive_all(connection, [said])
    elif RANK[call.event] > RANK.get(message.content.get("event"), 0):
        message.content = _content(call)
        message.save(update_fields=["content"])
        tell.message_changed(message)


def _content(call: Call) -> dict[str, Any]:
    return {"event": call.event, "direction": call.direction, "duration": call.duration}
