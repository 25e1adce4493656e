"""What an assistant promised for later is an answer of a machine like its others."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from integrations.tests.test_auto_reply import desk as desk
from integrations.tests.test_auto_reply import duty
from tickets.models import Message, ScheduledSend

pytestmark = pytest.mark.django_db
LATER = "Passou uma hora!"


@pytest.fixture
def promised(desk: Any) -> Any:
    """Maria asked Clara to be reminded in an hour; the ticket."""
    at = (now() + timedelta(hours=1)).isoformat()
    duty(desk, tools=["schedule_message"])
    promise = {"name": "schedule_message", "arguments": {"at": at, "text": LATER}}
    desk.ai.script({"when": {"round": 0}, "times": 1, "calls": [promise]}, {"say": "Combinado."})
    ticket = desk.writes(desk.maria, "Me lembre em uma hora?")
    desk.after(seconds=5)
    assert desk.paper.bodies == ["Combinado."]
    return ticket


def reasons(desk: Any) -> list[str]:
    with desk.world.scope():
        return list(ScheduledSend.objects.order_by("pk").values_list("reason", flat=True))


def test_it_leaves_in_time_and_its_assistant_keeps_the_word(desk, promised):
    desk.after(hours=1, minutes=1)
    assert desk.paper.bodies[1:] == [LATER]
    with desk.world.scope():
        assert Message.objects.get(body=LATER).content["automatic"] == "assistant"
    desk.writes(desk.maria, "Obrigada! E agora?")
    desk.after(seconds=5)
    assert desk.paper.bodies[2:] == ["Combinado."]


def test_it_does_not_leave_after_a_person_has_answered(desk, promised, bruno):
    desk.answers(bruno, promised, "Já resolvi.")
    desk.after(hours=1, minutes=1)
    assert LATER not in desk.paper.bodies
    assert reasons(desk) == ["person_acted"]


def test_it_does_not_leave_after_a_person_has_closed_the_ticket(desk, promised, bruno):
    desk.closes(bruno, promised)
    desk.after(hours=1, minutes=1)
    assert LATER not in desk.paper.bodies


def test_it_does_not_leave_to_who_wants_no_automatic_answers(desk, promised):
    desk.contact(desk.maria.pk, bot_off=True)
    desk.after(hours=1, minutes=1)
    assert (LATER in desk.paper.bodies, reasons(desk)) == (False, ["opted_out"])
