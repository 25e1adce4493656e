"""Transcripts that are ordered now and looked at later: hours of sound take minutes, and no thread waits for them.

The same care as in `asking`: the budget before, what it took and what went wrong after.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.timezone import now

from integrations.actions import asking, spending, troubles
from integrations.ai.port import AiError, Usage
from integrations.models import AiProvider
from integrations.models.call import Purpose
from tenants.models import User

if TYPE_CHECKING:
    from integrations.ai.assemblyai import Look


def place(provider: AiProvider, pieces: Iterable[bytes], *, language: str, speakers: int) -> str:
    """Send a recording and order its text; `speakers` are expected, 0 when that is unknown. Answers the order."""
    spending.check(provider, provider.transcription_model)
    client = asking.client_of(provider, Purpose.TRANSCRIPTION)
    with _Told(provider, began=now()):
        url = client.upload(pieces)
        order: str = client.order(
            url, model=provider.transcription_model, language=language, speakers=speakers
        )
    return order


def look(provider: AiProvider, order: str, *, began: datetime, by: User | None) -> "Look":
    """How far it is. What it took is counted once, when it is there or will never be."""
    client = asking.client_of(provider, Purpose.TRANSCRIPTION)
    with _Told(provider, began=began, by=by):
        found: Look = client.look(order)
    if found.heard is not None:
        _count(provider, found.heard.usage, began=began, by=by, outcome="ok")
        troubles.clear(provider)
    return found


def give_up(provider: AiProvider, *, seconds: float, began: datetime, by: User | None, outcome: str) -> None:
    """Nobody will look again at what was ordered: it was heard and is billed all the same."""
    usage = Usage(seconds=seconds)
    _count(provider, usage, began=began, by=by, outcome=outcome, is_estimated=True)


def withdraw(provider: AiProvider, order: str) -> None:
    """Nothing of it stays at the provider."""
    asking.client_of(provider, Purpose.CHECK).forget(order)


class _Told:
    """Whatever goes wrong inside is written down."""

    def __init__(self, provider: AiProvider, *, began: datetime, by: User | None = None) -> None:
        self.provider, self.began, self.by = provider, began, by

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, AiError):
            _count(self.provider, None, began=self.began, by=self.by, outcome=error.code)
            troubles.note(self.provider, error)


def _count(
    provider: AiProvider,
    usage: Usage | None,
    *,
    began: datetime,
    by: User | None,
    outcome: str,
    is_estimated: bool = False,
) -> None:
    spending.record(
        provider,
        purpose=Purpose.TRANSCRIPTION,
        model=provider.transcription_model,
        usage=usage,
        latency_ms=round((now() - began).total_seconds() * 1000),
        outcome=outcome,
        is_estimated=is_estimated,
        user=by,
    )
