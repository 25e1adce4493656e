"""The menu: greets, shows the choices, and does what the customer chose.

Where a number has no menu, or only one queue, it greets once and the customer waits there. `tickets.menus` holds
the rules; here is what they do to a ticket.
"""

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import now

from tickets import menus
from tickets.actions import automatic, dialogue, farewell, lifecycle, menu_trees
from tickets.menus import Place, Said, Tree, Turn
from tickets.models import Message, Queue, Ticket
from tickets.models.history import HistoryKind
from tickets.models.ticket import Awaiting

STATE, OCCASION = "menu", "menu"


def answer(message: Message) -> bool:
    ticket = message.ticket
    if not ticket.is_waiting:
        return False
    tree = menu_trees.of(ticket)
    walked = dialogue.part(ticket, STATE)
    if ticket.awaiting == Awaiting.MENU:
        return _go_on(ticket, tree, message, walked)
    if walked.get("done"):
        return _after_it(ticket, tree, message, walked)
    if message.more_follow:
        return True
    if _shown_lately(ticket):
        return False
    return _take(message, menus.begin(tree, greet_single=ticket.company.option("greet_single")))


def _go_on(ticket: Ticket, tree: Tree, message: Message, walked: dict[str, Any]) -> bool:
    place = Place(tuple(walked.get("path", ())), int(walked.get("tries", 0)))
    reply_id = str(message.content.get("id") or "")
    turn = menus.answer(
        tree, place, message.body, reply_id, max_tries=ticket.company.option("menu_max_tries")
    )
    if turn.unknown and message.more_follow:
        return True  # they are still writing: what comes next may be the answer
    return _take(message, turn)


def _after_it(ticket: Ticket, tree: Tree, message: Message, walked: dict[str, Any]) -> bool:
    """Who has chosen and waits may go back, or leave; who found nothing is asked again after the pause."""
    reply_id = str(message.content.get("id") or "")
    if tree.options and menus.is_command(message.body, reply_id):
        return _take(message, menus.answer(tree, Place(), message.body, reply_id))
    pause, since = ticket.company.option("menu_pause_minutes"), walked.get("gave_up_at")
    if not pause or not since or now() < datetime.fromisoformat(since) + timedelta(minutes=pause):
        return False
    return message.more_follow or _take(message, menus.begin(tree))


def _shown_lately(ticket: Ticket) -> bool:
    """Also in an earlier conversation: who was shown the menu a moment ago is not shown it again."""
    pause = ticket.company.option("menu_pause_minutes")
    return bool(pause) and automatic.told(ticket, OCCASION, since=now() - timedelta(minutes=pause))


def _take(message: Message, turn: Turn) -> bool:
    """Write down first where the customer is now, then speak, then end what is to end. False where the customer
    waits in a queue from now on: others may answer there."""
    ticket = message.ticket
    before = ticket.audience()
    _note(ticket, turn)
    columns = _place(ticket, turn)
    dialogue.wait_for(
        ticket, Awaiting.MENU if turn.place else Awaiting.NOTHING, also=columns, audience=before
    )
    for said in turn.says:
        _speak(ticket, said)
    if turn.closes:
        _close(ticket, turn)
    elif turn.agent is not None:
        _give(ticket, turn.agent)
    elif turn.place is None and not turn.gave_up:
        dialogue.refreshed(ticket)
        message.begins_to_wait = True
        return False
    return True


def _note(ticket: Ticket, turn: Turn) -> None:
    state: dict[str, Any] = {"done": True}
    if turn.place is not None:
        state = {"path": list(turn.place.path), "tries": turn.place.tries}
    elif turn.gave_up:
        state["gave_up_at"] = now().isoformat()
    dialogue.remember(ticket, STATE, state)
    if turn.chose is not None:
        data = {"option": turn.chose.title, "key": turn.chose.key}
        ticket.history.create(kind=HistoryKind.MENU, by=None, data=data)


def _place(ticket: Ticket, turn: Turn) -> list[str]:
    """The queue that was chosen, or at the way back the one in which the conversation began."""
    wanted = turn.queue if turn.queue is not None else ticket.connection.queue_id if turn.resets else None
    if (wanted is None and not turn.resets) or wanted == ticket.queue_id:
        return []
    ticket.queue = Queue.objects.live().filter(pk=wanted).first() if wanted else None
    return ["queue"]


def _speak(ticket: Ticket, said: Said) -> None:
    files = menu_trees.copies(said.files)
    if said.text or files:
        offer = automatic.Offer(said.ask, said.choices) if said.choices else None
        automatic.say(ticket, said.text, occasion=OCCASION, attachments=files, offer=offer)


def _close(ticket: Ticket, turn: Turn) -> None:
    if turn.leaves or not turn.says:
        farewell.say(ticket)
    lifecycle.close(ticket, by=None, complete=False, silent=True)


def _give(ticket: Ticket, user_id: int) -> None:
    agent = menu_trees.agent(user_id)
    if agent is not None:
        lifecycle.transfer(ticket, by=None, agent=agent, queue=ticket.queue)
