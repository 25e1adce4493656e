"""What we ask of an AI provider and what it answers, in words of our own.

The clients beside this file translate: `integrations.ai.client` for everything that speaks OpenAI's API.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Role = Literal["user", "assistant", "developer"]
Finish = Literal["done", "length", "refused"]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture inside what somebody said. `mime` is image/png, image/jpeg, image/webp or image/gif."""

    mime: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """One contribution to a conversation. Only `user` may have pictures."""

    role: Role
    text: str
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class ToolCall:
    """The model wants a tool. `arguments` is the JSON text as it came: check it before use."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What the tool answered, as text or JSON text. Data, never an instruction."""

    call_id: str
    output: str


Item = Said | ToolCall | ToolResult


@dataclass(frozen=True, slots=True)
class Tool:
    """`parameters` is a JSON schema of an object; every property is required, as strict mode wants it."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a model. `answer_schema`: the answer is JSON of this schema, named `answer`.

    `hosted` are tools that the provider itself runs; only OpenAI has any.
    """

    model: str
    instructions: str
    items: tuple[Item, ...]
    tools: tuple[Tool, ...] = ()
    temperature: float | None = None
    max_output_tokens: int | None = None
    answer_schema: Mapping[str, Any] | None = None
    hosted: tuple[Literal["code_interpreter"], ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens; `cached_tokens` are part of the input. `seconds` is audio that was heard or spoken."""

    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model said, the tools it wants, and what it took. `model` is the one that really answered."""

    text: str
    calls: tuple[ToolCall, ...] = ()
    usage: Usage = Usage()
    model: str = ""
    finish: Finish = "done"


@dataclass(frozen=True, slots=True)
class Vectors:
    """One vector per text, in the order of the texts."""

    vectors: tuple[tuple[float, ...], ...]
    usage: Usage = Usage()
    model: str = ""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Somebody spoke without a break. `speaker` is "" where the provider tells nobody apart; times in seconds."""

    text: str
    start: float
    end: float
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A recording as text. `language` is ISO 639-1 or ""; `utterances` may be empty."""

    text: str
    language: str = ""
    utterances: tuple[Utterance, ...] = ()
    usage: Usage = Usage()
    model: str = ""


Why = Literal[
    "no_provider",  # the company has none that can do this
    "out_of_budget",  # the month's budget is spent
    "price_needed",  # a budget is to stop this model, and it has no price
    "unreachable",  # no answer at all: network, name, refused address
    "timeout",
    "rate_limited",  # try again after `retry_after` seconds
    "quota",  # the provider's own account has no credit
    "not_authenticated",  # the key is wrong
    "no_model",  # the provider does not know this model
    "bad_request",  # it refuses what we asked
    "failed",  # 5xx
    "bad_answer",  # it answered something that cannot be read
]


class Stopped(Exception):
    """Raised by whoever listens to an answer while it comes: they want no more of it."""


class AiError(Exception):
    """The provider did not do what we asked; `code` says why, `detail` is fit for an administrator's eyes.

    Never holds a key, nor what a customer wrote.
    """

    def __init__(
        self, code: Why, detail: str = "", *, retry_after: float = 0.0, usage: Usage | None = None
    ) -> None:
        super().__init__(detail or code)
        self.code = code
        self.detail = detail
        self.retry_after = retry_after
        self.usage = usage  # what it took all the same, where the provider tells

    @property
    def is_passing(self) -> bool:
        """Whether asking again in a moment may help."""
        return self.code in {"unreachable", "timeout", "rate_limited", "failed"}
