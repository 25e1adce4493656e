"""Templates on paper: a provider that keeps what it is given and answers as a test tells it to."""

from collections.abc import Iterator
from typing import Any

from tickets.template_book import Known, Submitted

ACCOUNT = "paper-account"
BODY = {
    "type": "BODY",
    "text": "Olá {{1}}, seu pedido {{2}} chegou.",
    "example": {"body_text": [["Ana", "42"]]},
}


class Shelf:
    def __init__(self) -> None:
        self.known: list[Known] = []
        self.submitted: list[tuple[str, list[Any]]] = []
        self.removed: list[str] = []
        self.error: Exception | None = None

    def account(self, connection: Any) -> str:
        return ACCOUNT

    def read(self, connection: Any) -> Iterator[Known]:
        self._stumble()
        yield from self.known

    def check(self, template: Any, components: list[Any]) -> None:
        return None

    def submit(self, connection: Any, template: Any, components: list[Any]) -> Submitted:
        self._stumble()
        self.submitted.append((template.name, components))
        return Submitted(template.provider_id or f"t{len(self.submitted)}", "pending", template.category)

    def remove(self, connection: Any, template: Any) -> None:
        self._stumble()
        self.removed.append(template.name)

    def _stumble(self) -> None:
        if self.error:
            raise self.error


def known(name: str = "order_here", **fields: Any) -> Known:
    fields = {
        "components": [BODY],
        "language": "pt_BR",
        "category": "utility",
        "status": "approved",
        **fields,
    }
    fields.setdefault("provider_id", f"id-{name}-{fields['language']}")
    fields.setdefault("format", "positional")
    return Known(name=name, **fields)
