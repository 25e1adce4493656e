"""A street with Acme's number in it: customers write through the webhook, time stands still until a test moves it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import TestCase
from django.utils.timezone import now

from tests.support.client import ApiClient
from tickets.tests import paper as on_paper
from whatsapp.tests.conftest import MARIA, Meta, messages_from, text_from

MONDAY_NOON = datetime(2026, 11, 23, 15, 0, 0, tzinfo=UTC)  # 12:00 in São Paulo


class Street:
    def __init__(self, world: Any, number: Any, meta: Meta, clock: Any, boss: Any) -> None:
        self.world, self.number, self.meta, self.clock, self.boss = world, number, meta, clock, boss
        self.heard = 0
        self.count = 0

    # --- the company ---

    def client(self, user: Any = None) -> ApiClient:
        """Signed in now: tokens do not live as long as the tests travel."""
        return ApiClient().sign_in(user or self.boss)

    def options(self, **values: Any) -> None:
        answer = self.client().patch("/api/company/settings/", values)
        assert answer.status_code == 200, answer.content

    def make(self, noun: str, **values: Any) -> Any:
        answer = self.client().post(f"/api/{noun}/", values)
        assert answer.status_code == 201, answer.content
        return answer.json()

    def change(self, noun: str, pk: int, **values: Any) -> Any:
        answer = self.client().patch(f"/api/{noun}/{pk}/", values)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def number_has(self, **values: Any) -> None:
        self.change("connections", self.number.pk, **values)

    # --- the customer ---

    def says(self, body: str, who: str = MARIA, *, wait: float = 2, **more: Any) -> list[str]:
        """The customer writes, time passes; answers what came back."""
        self.write(body, who, **more)
        return self.after(seconds=wait)

    def write(self, body: str, who: str = MARIA, **more: Any) -> None:
        self.post(text_from(who, body, at=int(now().timestamp()), **more))

    def speak(self, who: str = MARIA) -> str:
        """A voice message; answers its id."""
        self.count += 1
        wamid = f"wamid.voice{self.count}"
        voice = {"id": "9001", "mime_type": "audio/ogg; codecs=opus", "sha256": "x", "voice": True}
        message = {"from": who, "id": wamid, "timestamp": str(int(now().timestamp())), "type": "audio",
                   "audio": voice}  # fmt: skip
        self.post(messages_from(who, message))
        return wamid

    def calls(self, news: str, who: str = MARIA) -> None:
        """News of a call, always the same one: ringing, missed or answered."""
        known = {"ringing": {"event": "connect"}, "missed": {"event": "terminate", "status": "FAILED"},
                 "answered": {"event": "terminate", "status": "COMPLETED", "duration": 62}}  # fmt: skip
        document = messages_from(who)
        [change] = document["entry"][0]["changes"]
        change["field"] = "calls"
        del change["value"]["messages"]
        change["value"]["calls"] = [
            {"id": "wacid.call", "from": who, "to": "15550783881", "timestamp": str(int(now().timestamp())),
             "direction": "USER_INITIATED", **known[news]}
        ]  # fmt: skip
        self.post(document)

    def post(self, document: Any) -> None:
        with TestCase.captureOnCommitCallbacks(execute=True):
            assert self.meta.post(document).status_code == 200

    # --- time ---

    def after(self, **passed: float) -> list[str]:
        """What customers heard meanwhile, in order."""
        from tickets.actions import timers

        until = now() + timedelta(**passed)
        self.clock.move_to(until, tick=False)
        with TestCase.captureOnCommitCallbacks(execute=True):
            timers.ring()
        return self.new()

    def at(self, moment: datetime) -> None:
        self.clock.move_to(moment, tick=False)

    def new(self) -> list[str]:
        new = on_paper.post.sent[self.heard :]
        self.heard += len(new)
        return [one["body"] or f"({one['kind']})" for one in new]

    # --- what became of it ---

    def ticket(self, who: str = MARIA) -> Any:
        from tickets.models import Ticket

        with self.world.scope():
            rows = Ticket.objects.select_related("queue", "agent", "contact", "connection", "company")
            return rows.filter(contact__number=who).latest("pk")

    def tickets(self) -> int:
        from tickets.models import Ticket

        with self.world.scope():
            return int(Ticket.objects.count())
