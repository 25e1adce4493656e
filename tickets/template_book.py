"""The part of a channel's port that speaks of templates: reading the provider's, giving it ours."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from tickets.models import Connection, Template
from tickets.transport import transport_for


@dataclass(frozen=True, slots=True)
class Known:
    """A template as the provider has it, in the core's words."""

    provider_id: str
    name: str
    language: str
    category: str
    status: str
    format: str
    components: list[Any] = field(default_factory=list)
    reason: str = ""
    advice: str = ""
    quality: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """What the provider tells of one template. Empty means unchanged; `is_gone`: it exists no longer."""

    account: str
    provider_id: str
    name: str = ""
    language: str = ""
    status: str = ""
    reason: str | None = None
    advice: str | None = None
    quality: str | None = None
    category: str = ""
    next_category: str | None = None
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Submitted:
    provider_id: str
    status: str
    category: str


class TemplateBook(Protocol):
    """Everything is synchronous and none of it runs inside a database transaction."""

    def account(self, connection: Connection) -> str:
        """Whose templates this number can send."""

    def read(self, connection: Connection) -> Iterator[Known]:
        """All of the account's, page after page. Raises TransportError."""

    def check(self, template: Template, components: list[Any]) -> None:
        """Everything that the provider would refuse for certain. Raises helpdesk.errors.Invalid."""

    def submit(self, connection: Connection, template: Template, components: list[Any]) -> Submitted:
        """Give it to the provider: a new one, or new words for one that it has. The files of its headers, where
        it has any, are `template.files`. Raises TransportError."""

    def remove(self, connection: Connection, template: Template) -> None:
        """Raises TransportError."""


def book_of(connection: Connection) -> TemplateBook | None:
    """Who keeps this connection's templates; None where the channel has none."""
    found: TemplateBook | None = getattr(transport_for(connection), "templates", None)
    return found


def account_of(connection: Connection) -> str:
    book = book_of(connection)
    return book.account(connection) if book else ""
