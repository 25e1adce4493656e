"""The company is on holiday: each customer is told once a day, and nothing else answers."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.timezone import now

from tenants.models import Company
from tickets.actions import automatic
from tickets.models import Message
from tickets.phrases import text_of

OCCASION = "vacation"


def answer(message: Message) -> bool:
    ticket = message.ticket
    if not ticket.is_waiting or not is_on(ticket.company):
        return False
    if not message.more_follow and not automatic.told(ticket, OCCASION, since=_midnight(ticket.company)):
        automatic.say(ticket, text_of(ticket.company, OCCASION), occasion=OCCASION)
    return True


def is_on(company: Company) -> bool:
    """Today, where the company is. A date that is missing or no date leaves that end open."""
    if not company.option("vacation"):
        return False
    today = now().astimezone(ZoneInfo(company.timezone)).date()
    first, last = _date(company.option("vacation_from")), _date(company.option("vacation_until"))
    return (first is None or first <= today) and (last is None or today <= last)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _midnight(company: Company) -> datetime:
    zone = ZoneInfo(company.timezone)
    return datetime.combine(now().astimezone(zone).date(), time(), zone)
