"""What is said by itself outside of WhatsApp's 24-hour window: the template that the company chose for the occasion.

An option of the company names it as name/language, for each occasion on which nobody may have written lately. It
takes the place of the text, where that would have been said; without one, nothing is said.
"""

from typing import Any

from tenants.models import User
from tickets import texts
from tickets.actions import template_sends
from tickets.models import Ticket

OCCASIONS = frozenset(
    {"acceptance", "transfer", "farewell", "inactivity_warning", "inactivity_closing", "rating"}
)


def template_for(ticket: Ticket, occasion: str, by: User | None) -> dict[str, Any] | None:
    """The choice, its variables filled in by the template's own defaults. Raises Refused when it may not be sent.

    None where the company chose none, or this number's account was never read for it.
    """
    if occasion not in OCCASIONS:
        return None
    name, _, language = str(ticket.company.option(f"{occasion}_template")).strip().partition("/")
    if not (name and language):
        return None
    template = template_sends.find(ticket.connection, name, language)
    if template is None:
        return None
    choice: dict[str, Any] = {"name": name, "language": language}
    if values := template_sends.values_for(template, {}, texts.facts_of(ticket, by)):
        choice["variables"] = values
    return choice
