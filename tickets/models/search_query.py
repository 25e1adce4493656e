"""What was typed into the search: words, "phrases", `#123`, and operators such as `from:maria before:2026-01-31`."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from helpdesk.errors import Invalid
from tickets.models.search import plain

LONGEST = 300
MOST = 30  # parts

# What people write in each language of the console, and what it means.
WORDS = {
    "from": "from", "de": "from", "agent": "agent", "agente": "agent", "tag": "tag", "etiqueta": "tag",
    "queue": "queue", "fila": "queue", "cola": "queue", "before": "before", "antes": "before",
    "after": "after", "depois": "after", "despues": "after", "is": "is", "in": "in", "em": "in", "en": "in",
}  # fmt: skip
STATES = {
    "open": "open", "aberto": "open", "abierto": "open", "pending": "pending", "pendente": "pending",
    "pendiente": "pending", "closed": "closed", "fechado": "closed", "cerrado": "closed",
    "unread": "unread", "snoozed": "snoozed", "adiado": "snoozed", "pospuesto": "snoozed",
}  # fmt: skip
NOTES = {"notes", "notas"}
_PART = re.compile(r'(?:(?P<word>[^\W\d_]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+))')
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y")


@dataclass
class Query:
    """`ends_open`: the last word may still be being typed."""

    words: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    ends_open: bool = False
    numbers: list[int] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    queues: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    notes_only: bool = False
    before: datetime | None = None
    after: datetime | None = None

    @property
    def has_text(self) -> bool:
        return bool(self.words or self.phrases)

    @property
    def is_anything(self) -> bool:
        return self.has_text or self.asks_about_tickets or bool(self.numbers or self.before or self.after)

    @property
    def asks_about_tickets(self) -> bool:
        return bool(self.contacts or self.agents or self.tags or self.queues or self.states)


def read(text: str, zone: ZoneInfo) -> Query:
    """Raises Invalid for operators that cannot be understood; what is no operator is looked for as it stands."""
    query = Query()
    if len(text) > LONGEST:
        raise Invalid("search_too_long", f"A search has {LONGEST} characters at most.")
    for part in list(_PART.finditer(text))[:MOST]:
        word, quoted, bare = part["word"], part["quoted"], part["bare"]
        value = quoted if quoted is not None else bare
        operator = WORDS.get(plain(word)) if word else None
        if operator is not None:
            if value:
                _take(query, operator, value, zone)
        elif quoted is not None:
            query.phrases.append(quoted)
        elif word is None and (number := re.fullmatch(r"#(\d{1,9})", bare)):
            query.numbers.append(int(number[1]))
        else:
            query.words.append(f"{word}:{bare}" if word else bare)
            query.ends_open = part.end() == len(text)
            continue
        query.ends_open = False
    query.phrases = [phrase for phrase in query.phrases if any(sign.isalnum() for sign in phrase)]
    query.words = [word for word in query.words if any(sign.isalnum() for sign in word)]
    return query


def _take(query: Query, operator: str, value: str, zone: ZoneInfo) -> None:
    if operator == "is":
        state = STATES.get(plain(value))
        if state is None:
            raise Invalid("search_state", "is: knows open, pending, closed, unread and snoozed.", q=[value])
        query.states.append(state)
    elif operator == "in":
        if value.casefold() not in NOTES:
            raise Invalid("search_place", "in: knows notes.", q=[value])
        query.notes_only = True
    elif operator == "before":
        query.before = _start(_day(value), zone)
    elif operator == "after":
        query.after = _start(_day(value), zone)
    else:
        named = {
            "from": query.contacts, "agent": query.agents, "tag": query.tags, "queue": query.queues,
        }  # fmt: skip
        named[operator].append(value)


def _day(value: str) -> date:
    for shape in _DAYS:
        try:
            day = datetime.strptime(value, shape).date()
        except ValueError:
            continue
        if 1970 <= day.year <= 2200:
            return day
    raise Invalid("search_date", "A day is written as 2026-01-31.", q=[value])


def _start(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)
