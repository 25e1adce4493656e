"""Conversations that somebody once played on the phone page, and what our inbox showed then.

To keep one: `POST /_ctl/record`, play, `POST /_ctl/record/stop`, save the answer as `recordings/<name>.json`, and run
this file with `KEEP_RECORDINGS=1`: it writes what is shown under `expected`. Read that before you commit it.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from whatsapp.tests.conftest import WABA_ID

RECORDINGS = sorted((Path(__file__).parent / "recordings").glob("*.json"))
pytestmark = pytest.mark.django_db


@pytest.fixture
def play(acme_world, whatsapp_app, sales, meta):
    """Every webhook of a recording through our door, in its order."""

    def run(recording):
        for number in recording["numbers"]:
            pnid = number["phone_number_id"]
            credentials = {"app": whatsapp_app.pk, "phone_number_id": pnid, "waba_id": WABA_ID}
            acme_world.connection(external_id=pnid, credentials=credentials, queue=sales)
        with time_machine.travel(began(recording)):  # as if it happened now: its tickets are no younger
            for webhook in recording["webhooks"]:
                assert meta.post(webhook["body"]).status_code == 200

    return run


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_a_recorded_conversation_is_shown_as_it_was(path, play, acme_world):
    recording = json.loads(path.read_text(encoding="utf-8"))
    assert recording["format"] == 1
    play(recording)
    with acme_world.scope():
        seen = shown()
    if os.environ.get("KEEP_RECORDINGS"):
        path.write_text(json.dumps(recording | {"expected": seen}, indent=1, ensure_ascii=False) + "\n")
    assert seen == recording.get("expected", seen), "what is shown has changed"
    assert "expected" in json.loads(path.read_text(encoding="utf-8")), (
        "run with KEEP_RECORDINGS=1 and read it"
    )


def test_there_is_a_recording():
    assert RECORDINGS


def began(recording):
    """The customer's clock at the first message."""
    value = recording["webhooks"][0]["body"]["entry"][0]["changes"][0]["value"]
    return datetime.fromtimestamp(int(value["messages"][0]["timestamp"]), UTC)


def shown():
    """Contacts with their threads, as people read them."""
    from tickets.models import Message

    rows = Message.objects.select_related("ticket__contact", "reply_to").order_by(
        "ticket__number", "at", "id"
    )
    return [
        {
            "contact": row.ticket.contact.display_name,
            "direction": row.direction,
            "kind": row.kind,
            "body": row.body,
            "quotes": row.reply_to.body if row.reply_to else None,
            "is_edited": row.edited_at is not None,
            "is_removed": row.removed_at is not None,
            "reactions": [one["emoji"] for one in row.reactions],
            "files": [file.kind for file in row.attachments.all()],
        }
        for row in rows
    ]
