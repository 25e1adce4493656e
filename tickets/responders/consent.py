"""The gate of personal data: before anything else is said, the customer agrees to their processing, or leaves.

What they write before is stored and shown like everything else.
"""

import re
import unicodedata

from django.db.models import F
from django.utils.timezone import now

from helpdesk.events import publish
from tickets.actions import automatic, dialogue, lifecycle
from tickets.events import CONTACT_UPDATED
from tickets.models import Contact, Message, Ticket
from tickets.models.history import HistoryKind
from tickets.models.ticket import Awaiting
from tickets.phrases import phrase, text_of

OCCASION, REFUSED = "consent", "consent_refused"
YES = frozenset({"1", "sim", "s", "yes", "y", "si", "aceito", "concordo", "acepto", "i agree", "agree"})
NO = frozenset({"2", "nao", "n", "no", "nao aceito", "no acepto"})
STATE = "consent"


def answer(message: Message) -> bool:
    ticket = message.ticket
    if ticket.awaiting == Awaiting.CONSENT:
        return _hear(ticket, message)
    if not ticket.is_waiting or not is_needed(ticket):
        return False
    if not message.more_follow:
        _ask(ticket)
    return True


def is_needed(ticket: Ticket) -> bool:
    """Whether this customer still has to agree, by the company's rules."""
    if not ticket.company.option("consent"):
        return False
    given = dialogue.part(ticket, STATE).get("given")
    return not given if ticket.company.option("consent_each_ticket") else ticket.contact.consented_at is None


def _ask(ticket: Ticket) -> None:
    dialogue.wait_for(ticket, Awaiting.CONSENT)
    dialogue.remember(ticket, STATE, {"asked": 1})
    _say_question(ticket)


def _hear(ticket: Ticket, message: Message) -> bool:
    if not is_needed(ticket):  # the option was turned off, or they agreed elsewhere, meanwhile
        dialogue.wait_for(ticket, Awaiting.NOTHING)
        return False
    said = _understood(message)
    if said is None:
        if not message.more_follow:
            _ask_again(ticket)
        return True
    if said:
        _agree(ticket)
        return False  # now the others may speak
    _refuse(ticket)
    return True


def _ask_again(ticket: Ticket) -> None:
    asked, most = dialogue.part(ticket, STATE).get("asked", 1), ticket.company.option("consent_max_tries")
    if not most or asked < most:
        dialogue.remember(ticket, STATE, {"asked": asked + 1})
        _say_question(ticket)


def _agree(ticket: Ticket) -> None:
    ticket.contact.consented_at = now()
    row = Contact.objects.filter(pk=ticket.contact_id)
    row.update(consented_at=ticket.contact.consented_at, version=F("version") + 1, updated_at=now())
    publish(CONTACT_UPDATED, Contact.objects.with_parts().get(pk=ticket.contact_id), to={"company"})
    dialogue.remember(ticket, STATE, {"given": now().isoformat()})
    ticket.history.create(kind=HistoryKind.CONSENTED, by=None)
    dialogue.wait_for(ticket, Awaiting.NOTHING)


def _refuse(ticket: Ticket) -> None:
    ticket.history.create(kind=HistoryKind.REFUSED, by=None)
    automatic.say(ticket, _refusal(ticket), occasion=REFUSED)
    lifecycle.close(ticket, by=None, complete=False, silent=True)


def _refusal(ticket: Ticket) -> str:
    own = str(ticket.company.option("consent_refused_text")).strip()
    return own or phrase("consent.refused", ticket.company.language)


def _say_question(ticket: Ticket) -> None:
    company = ticket.company
    question = phrase("consent.question", company.language)
    parts = [text_of(company, OCCASION), company.option("consent_link"), question]
    buttons = [{"id": "1", "title": phrase("yes", company.language)},
               {"id": "2", "title": phrase("no", company.language)}]  # fmt: skip
    automatic.say(ticket, "\n\n".join(part for part in parts if part), occasion=OCCASION, buttons=buttons)


def _understood(message: Message) -> bool | None:
    """True: yes. None: neither yes nor no."""
    given = str(message.content.get("id") or "") or message.body
    letters = unicodedata.normalize("NFKD", given).casefold()
    plain = "".join(letter for letter in letters if not unicodedata.category(letter).startswith("M"))
    words = " ".join(re.sub(r"[\W_]+", " ", plain).split())
    return True if words in YES else False if words in NO else None
