"""Everything that a person may be told of, declared once, with the channels it uses unless they choose others."""

from dataclasses import dataclass

CONSOLE, SOUND, PUSH, EMAIL = "console", "sound", "push", "email"
CHANNELS = (CONSOLE, SOUND, PUSH, EMAIL)


@dataclass(frozen=True, slots=True)
class Kind:
    """`is_kept`: it has a row in the notification centre. Messages have none: the inbox counts them itself."""

    key: str
    channels: frozenset[str]
    is_kept: bool = True


_DECLARED = [
    Kind("message", frozenset({SOUND, PUSH}), is_kept=False),  # a customer wrote in a ticket of mine
    Kind("new_ticket", frozenset({CONSOLE, SOUND})),  # one waits where I may take it
    Kind("assigned", frozenset({CONSOLE, SOUND, PUSH, EMAIL})),
    Kind("mentioned", frozenset({CONSOLE, SOUND, PUSH, EMAIL})),
    Kind("joined", frozenset({CONSOLE})),  # somebody added me to a ticket
    Kind("woken", frozenset({CONSOLE, SOUND, PUSH})),  # what I snoozed is back
    Kind("failed", frozenset({CONSOLE})),  # what I wrote did not reach the customer
    Kind("rated", frozenset({CONSOLE})),
    Kind("sla_warned", frozenset({CONSOLE, SOUND})),
    Kind("sla_breached", frozenset({CONSOLE, SOUND, PUSH, EMAIL})),
    Kind("template", frozenset({CONSOLE, EMAIL})),  # WhatsApp refused, paused or disabled one
    Kind("number", frozenset({CONSOLE, EMAIL})),  # a number is held, disconnected or rated worse
    Kind("ai", frozenset({CONSOLE, EMAIL})),  # a provider of AI fails, or its budget is nearly or all spent
    Kind("finished", frozenset({CONSOLE})),  # a long job of mine is done
]
KINDS: dict[str, Kind] = {kind.key: kind for kind in _DECLARED}
SOUNDS = ("soft", "bell", "knock", "marimba", "radar")
DIGESTS = ("off", "hourly", "daily")
