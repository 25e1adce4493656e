"""What may be done by whoever has the floor: speak, hand over to people. All of it in one transaction, with the ticket
locked, and explained on the ticket."""

from collections.abc import Callable
from typing import Any

from django.utils.timezone import now

from integrations import phrases
from integrations.models import Turn, TurnState
from tickets.actions import automatic, dialogue, lifecycle, tell, word
from tickets.models import Message, Queue, Ticket
from tickets.models.history import HistoryKind
from tickets.models.message import Direction, Kind, State
from tickets.models.ticket import Awaiting

Source = dict[str, Any]  # {"id", "title", "url"} of what an answer rests on


class Floor:
    """`ticket` is locked and as the last thing done here left it."""

    def __init__(self, ticket: Ticket, turn: Turn) -> None:
        self.ticket = ticket
        self._turn = turn
        self._handed_over = ""
        self._is_silent = False

    def say(self, text: str, *, sources: list[Source] | None = None, **more: Any) -> Message | None:
        """To the customer; `more` is what `automatic.say` takes. None where nothing can be sent."""
        marks = {word.MARK: self._turn.hold, "turn": self._turn.pk}
        message = automatic.say(self.ticket, text, occasion=self._turn.who, marks=marks, **more)
        if message is None:
            return None
        self._turn.said = [*self._turn.said, message.pk]
        self._turn.sources = [*self._turn.sources, *(sources or [])]
        self._explain(HistoryKind.ASSISTED, sources=self._turn.sources)
        self.refresh()
        return message

    @property
    def has_spoken(self) -> bool:
        return bool(self._turn.said)

    def hand_over(
        self, reason: str, *, text: str = "", note: str = "", queue: Queue | None = None, silent: bool = False
    ) -> None:
        """People go on: the customer hears it (unless `silent`), agents read why, and the ticket waits for one."""
        language = self.ticket.company.language
        own = self._turn.assistant.handover_message if self._turn.assistant else ""
        if not silent:
            self.say(text or own or phrases.of("handover", language))
        self.note(phrases.note(self._turn.name, reason, note, language))
        self._explain(HistoryKind.HANDED_OVER, reason=reason)
        self._turn.reason = note[:500]
        self._handed_over = reason
        queue = queue or self._own_queue()
        if queue is not None and queue.pk != self.ticket.queue_id:
            lifecycle.transfer(self.ticket, by=None, queue=queue)
        else:
            dialogue.wait_for(self.ticket, Awaiting.NOTHING)
        self.refresh()

    def note(self, text: str) -> None:
        """For agents only."""
        message = Message(
            ticket=self.ticket, connection_id=self.ticket.connection_id, direction=Direction.INTERNAL,
            kind=Kind.NOTE, body=text, content={"automatic": self._turn.who, "turn": self._turn.pk},
            state=State.RECEIVED, at=now(),
        )  # fmt: skip
        message.save()
        tell.message_created(message)

    def stay_silent(self) -> None:
        """A bot has heard the customer and answers later, or not at all: that is no trouble."""
        self._is_silent = True

    def leave(self) -> tuple[TurnState, str]:
        """How the turn ended. Where nothing could be said, people go on."""
        if not (self._handed_over or self._turn.said or self._is_silent or self.ticket.is_closed):
            self.hand_over("unsayable")
        if self._handed_over:
            return TurnState.HANDED_OVER, self._handed_over
        if self._turn.said:
            return TurnState.SPOKEN, "answered"
        return TurnState.SPOKEN, "silent" if self._is_silent else "closed"

    def _own_queue(self) -> Queue | None:
        queue = self._turn.assistant.handover_queue if self._turn.assistant else None
        return queue if queue is not None and not queue.is_deleted else None

    def _explain(self, kind: HistoryKind, **data: Any) -> None:
        who = {
            "kind": self._turn.who,
            "id": self._turn.bot or self._turn.assistant_id,
            "name": self._turn.name,
        }
        self.ticket.history.create(kind=kind, by=None, data={"who": who, "turn": self._turn.pk, **data})

    def refresh(self) -> None:
        dialogue.refreshed(self.ticket)


Say = Callable[[Floor], object]
