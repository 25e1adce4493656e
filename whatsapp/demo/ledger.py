"""Webhooks and attempts for the ledger of the demo: one of each way in which things can go."""

import json
import uuid
from datetime import timedelta
from typing import Any

from tickets.models import Attempt, Message
from tickets.models.attempt import Outcome
from tickets.models.message import Direction, State
from whatsapp.actions.inbound import store
from whatsapp.demo.company import Stage
from whatsapp.models import App

NEWEST = 12  # messages whose attempts and receipts are shown
STRANGER = "5511955550199"


def keep_ledger(stage: Stage) -> None:
    """The webhooks are stored as if Meta had sent them; a worker reads them like any others."""
    sent = Message.objects.filter(direction=Direction.OUT).exclude(state=State.QUEUED)
    newest = list(sent.order_by("-at", "-id")[:NEWEST])
    for message in newest:
        message.provider_id = f"wamid.{uuid.uuid4().hex}"
        message.save(update_fields=["provider_id"])
    _attempts(newest)
    line = stage.lines[0]
    app = App.objects.filter(app_id=stage.cast.lines[0].app_id).first()
    if app is None:
        return
    for message in newest:
        store(app, _webhook(line.external_id, statuses=[_receipt(message, "delivered")]))
    again = [_receipt(message, "delivered") for message in newest[:2]]
    for body in (
        _webhook(line.external_id, statuses=[*again, _receipt(newest[0], "read")]),
        _webhook(line.external_id, messages=[_reaction()]),
        _webhook("100000000000000", messages=[_text()]),
        _notice(),
        b'{"object": "whatsapp_business_account", "entry": [',
    ):
        store(app, body)


def _attempts(messages: list[Message]) -> None:
    for place, message in enumerate(messages):
        number = 1
        if place == 1:
            _attempt(message, 1, Outcome.POSTPONED, "130429", "Rate limit hit")
            number = 2
        if message.state == State.FAILED:
            _attempt(message, number, Outcome.REFUSED, "131026", "Message undeliverable")
        else:
            _attempt(message, number, Outcome.ACCEPTED)


def _attempt(message: Message, number: int, outcome: Outcome, code: str = "", detail: str = "") -> None:
    started = message.at + timedelta(seconds=number)
    Attempt.objects.create(
        message=message,
        number=number,
        started_at=started,
        ended_at=started + timedelta(milliseconds=420),
        outcome=outcome,
        code=code,
        detail=detail,
    )


def _receipt(message: Message, state: str) -> dict[str, Any]:
    return {"id": message.provider_id, "status": state, "timestamp": str(int(message.at.timestamp()) + 5)}


def _reaction() -> dict[str, Any]:
    """To a message that never came."""
    target = {"message_id": f"wamid.{uuid.uuid4().hex}", "emoji": "👍"}
    return {**_text(), "type": "reaction", "reaction": target}


def _text() -> dict[str, Any]:
    return {
        "from": STRANGER,
        "id": f"wamid.{uuid.uuid4().hex}",
        "timestamp": "1790000000",
        "type": "text",
        "text": {"body": "Oi, este número é de vocês?"},
    }


def _webhook(number_id: str, **value: Any) -> bytes:
    metadata = {"display_phone_number": "551140000000", "phone_number_id": number_id}
    return _around("messages", {"messaging_product": "whatsapp", "metadata": metadata, **value})


def _notice() -> bytes:
    update = {"event": "VERIFIED_ACCOUNT", "phone_number": "551140000000"}
    return _around("account_review_update", {"decision": "APPROVED", **update})


def _around(field: str, value: dict[str, Any]) -> bytes:
    entry = {"id": "100000000000001", "changes": [{"field": field, "value": value}]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
