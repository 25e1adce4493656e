"""The test button of a provider: is the key right, does it know the models, does one small question come back."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from integrations.actions import asking, provider_news, troubles
from integrations.ai.port import AiError, Request, Said
from integrations.models import AiProvider
from integrations.models.call import Purpose
from integrations.models.provider import Ability
from tenants.models import User

QUESTION = Request(
    model="", instructions="Answer with the word OK.", items=(Said("user", "OK?"),), max_output_tokens=16
)


@dataclass(frozen=True, slots=True)
class Line:
    """`code` is one of `integrations.ai.port.Why`, "unlisted" for a model that the provider does not list, or ""."""

    name: str
    ok: bool
    code: str = ""
    detail: str = ""
    ms: int = 0


def models_of(provider: AiProvider) -> list[dict[str, Any]]:
    """What the provider offers at this moment. Raises AiError."""
    client = asking.client_of(provider, Purpose.CHECK)
    found: list[dict[str, Any]] = client.models()
    return found


def check(provider: AiProvider, *, by: User | None) -> list[Line]:
    """Ask the provider now. Its trouble is remembered, or gone."""
    listed: list[str] = []

    def key() -> str:
        listed.extend(str(row["id"]) for row in models_of(provider))
        return f"{len(listed)}"

    lines = [_line("key", key, provider)]
    if lines[0].code not in {"not_authenticated", "unreachable", "timeout"}:
        chosen = {ability: provider.model_for(ability) for ability in Ability.values}
        if listed:
            lines += [_listed(f"{name}_model", model, listed) for name, model in chosen.items() if model]
        if chosen["chat"] and provider.kind == "openai":
            lines.append(_line("answer", lambda: _answer(provider, by), provider))
        if chosen["embedding"] and provider.kind == "openai":
            lines.append(_line("embedding", lambda: _embedding(provider), provider))
    with transaction.atomic():
        AiProvider.objects.filter(pk=provider.pk).update(checked_at=now())
        if all(line.ok for line in lines):
            troubles.clear(provider)
        provider_news.tell_again(provider.pk)
    return lines


def _line(name: str, ask: Callable[[], str], provider: AiProvider) -> Line:
    began = time.monotonic()
    try:
        detail, code = ask(), ""
    except AiError as error:
        detail, code = error.detail, error.code
        troubles.note(provider, error)
    return Line(name, not code, code, detail[:300], round((time.monotonic() - began) * 1000))


def _listed(name: str, model: str, listed: list[str]) -> Line:
    """Gemini lists `models/x` for `x`, Ollama `x:latest`."""
    known = model in listed or f"models/{model}" in listed or f"{model}:latest" in listed
    return Line(name, known, "" if known else "unlisted", model)


def _answer(provider: AiProvider, by: User | None) -> str:
    return asking.respond(QUESTION, purpose=Purpose.CHECK, provider=provider, by=by).text[:120]


def _embedding(provider: AiProvider) -> str:
    (vector,) = asking.embed(["OK"], purpose=Purpose.CHECK, provider=provider).vectors
    return f"{len(vector)}"
