"""Variables in texts to customers: {{firstName}}, {{ms}} and the others, in the company's time and language.

Mustache as people know it from other helpdesks, without HTML escaping. What is no variable of ours disappears; a
tag that is never closed stays as it was typed. What a variable brings is never read as a template again.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.timezone import now

from tenants.models import Company, User
from tickets.models import Ticket
from tickets.phrases import phrase

_TAG = re.compile(
    r"\{\{\{\s*([\w.]+)\s*\}\}\}|\{\{&?\s*([\w.]+)\s*\}\}|\{\{!.*?\}\}|\$\{\s*([\w.]+)\s*\}", re.DOTALL
)
_SECTION = re.compile(r"\{\{([#^])\s*([\w.]+)\s*\}\}(.*?)\{\{/\s*\2\s*\}\}", re.DOTALL)

Value = Callable[["Facts"], str]


class Facts:
    """What the variables know: a real conversation, or an example of one."""

    def __init__(
        self, company: Company, *, contact: str, agent: str, queue: str, connection: str, number: int,
        began_at: datetime, at: datetime,
    ) -> None:  # fmt: skip
        self.company = company
        self.contact = contact
        self.agent = agent
        self.queue = queue
        self.connection = connection
        self.number = number
        self.began_at = began_at.astimezone(ZoneInfo(company.timezone))
        self.at = at.astimezone(ZoneInfo(company.timezone))


def render(text: str, ticket: Ticket, by: User | None = None, **more: Any) -> str:
    """The text as this ticket's customer reads it. `more`: values of one occasion only, such as position."""
    if "{" not in text:
        return text
    return fill(text, facts_of(ticket, by), more)


def facts_of(ticket: Ticket, by: User | None = None) -> Facts:
    agent = by or ticket.agent
    return Facts(
        ticket.company,
        contact=ticket.contact.name or ticket.contact.username,
        agent=agent.name if agent else "",
        queue=ticket.queue.name if ticket.queue else "",
        connection=ticket.connection.name,
        number=ticket.number,
        began_at=ticket.created_at or now(),
        at=now(),
    )


def example(company: Company, by: User | None = None) -> Facts:
    """For looking at a text when there is no conversation yet."""
    return Facts(
        company,
        contact="Maria Clara Souza",
        agent=by.name if by else "Ana",
        queue=phrase("example.queue", company.language),
        connection="WhatsApp",
        number=1284,
        began_at=now(),
        at=now(),
    )


def fill(text: str, facts: Facts, more: Mapping[str, Any] | None = None) -> str:
    """Every tag replaced by its value."""
    extra = more or {}

    def value(name: str) -> str:
        if name in extra:
            return str(extra[name])
        known = VARIABLES.get(_ALIASES.get(name, name))
        return known(facts) if known else ""

    def keep(found: re.Match[str]) -> str:
        return found[3] if bool(value(found[2])) == (found[1] == "#") else ""

    def put(found: re.Match[str]) -> str:
        dollar = found[3]
        if dollar is not None and dollar not in _ALIASES and dollar not in VARIABLES:
            return found[0]  # "${10}" is a price, not a variable
        name = found[1] or found[2] or dollar
        return value(name) if name else ""

    return _TAG.sub(put, _SECTION.sub(keep, text))


def unknown_in(text: str, also: frozenset[str] = frozenset()) -> list[str]:
    """Names in tags that no variable has: a misspelling, nearly always."""
    named = {found[1] or found[2] for found in _TAG.finditer(text)} - {None}
    named |= {found[2] for found in _SECTION.finditer(text)}
    return sorted(
        name for name in named if name not in VARIABLES and name not in _ALIASES and name not in also
    )


def greeting(facts: Facts) -> str:
    """Good morning from 6, good afternoon from 12, good evening from 18 o'clock."""
    part = ("night", "morning", "afternoon", "evening")[facts.at.hour // 6]
    return phrase(f"greeting.{part}", facts.company.language)


def _hour(facts: Facts) -> str:
    return f"{facts.at.hour}:{facts.at:%M:%S}"


def _date(facts: Facts) -> str:
    return f"{facts.at:%d-%m-%Y}"


def _protocol(facts: Facts) -> str:
    """Of the moment in which the conversation began, so that it is the same in every message."""
    began = facts.began_at
    return f"{began:%Y%m%d%M%S}{began.microsecond // 1000:03d}{facts.number}"


VARIABLES: dict[str, Value] = {
    "firstName": lambda facts: facts.contact.split()[0] if facts.contact.strip() else "",
    "name": lambda facts: facts.contact,
    "userName": lambda facts: facts.agent,
    "ms": greeting,
    "hour": _hour,
    "date": _date,
    "data_hora": lambda facts: phrase("moment", facts.company.language).format(
        date=_date(facts), hour=_hour(facts)
    ),
    "protocol": _protocol,
    "ticket_id": lambda facts: str(facts.number),
    "queue": lambda facts: facts.queue,
    "connection": lambda facts: facts.connection,
    "name_company": lambda facts: facts.company.name,
}
_ALIASES = {"queue.name": "queue", "contact.name": "name", "user.name": "userName"}
