"""What we ask of a bot of others and what it answers, in words of our own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

MOST_BUBBLES = 20  # of one answer
LONGEST_WAIT = 30.0  # seconds between two bubbles

Media = Literal["", "image", "video", "audio", "document"]
What = Literal["close", "queue", "agent", "tag", "leave"]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to tap, or to answer with its number."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message. `url` is a file's, of the sort that `media` says; `wait` is the silence before it in seconds."""

    text: str = ""
    media: Media = ""
    url: str = ""
    choices: tuple[Choice, ...] = ()
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Act:
    """What the bot wants done to the ticket. `value` is an id or a name as the bot wrote it."""

    what: What
    value: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file that the customer sent, at an address that works for an hour."""

    name: str
    mime: str
    url: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the customer said. `talk` is our own name of the conversation; `session` the bot's, blank when it begins.

    `state` is what the last answer left. `about` are the documented parts of the payload: company, connection,
    contact, ticket, message, bot. `id` is the same when the same question is asked again. `sound` is what was spoken
    instead, as Ogg with Opus of 16 kHz, for bots that hear.
    """

    id: str
    text: str
    talk: str
    reply_id: str = ""
    files: tuple[File, ...] = ()
    session: str = ""
    state: Mapping[str, Any] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)
    sound: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """`is_over`: the bot has nothing more to say in this talk. `is_pending`: it answers later, by our API."""

    bubbles: tuple[Bubble, ...] = ()
    acts: tuple[Act, ...] = ()
    session: str = ""
    state: Mapping[str, Any] = field(default_factory=dict)
    is_over: bool = False
    is_pending: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a bot lives and what opens its door. `options` are its kind's own words, `secrets` likewise."""

    url: str
    options: Mapping[str, Any]
    secrets: Mapping[str, Any] = field(repr=False)


Ask = Callable[[Place, Question], Answer]

Why = Literal[
    "unreachable",  # no answer at all: network, name
    "address_refused",  # it points into a private network
    "timeout",
    "not_authenticated",  # its token or key is wrong
    "not_found",  # no such bot there
    "rate_limited",
    "failed",  # 5xx, and whatever else it refuses
    "bad_answer",  # it answered something that cannot be read
    "misconfigured",  # something is missing on our side
]


class BotError(Exception):
    """The bot did not answer; `detail` is fit for an administrator's eyes, and holds no secret."""

    def __init__(self, code: Why, detail: str = "") -> None:
        super().__init__(detail or code)
        self.code = code
        self.detail = detail
