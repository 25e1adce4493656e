"""The only door through which the product asks an AI provider: it counts, it keeps the budget, it remembers trouble.

Called inside a company's scope and outside of any transaction: a model may take a minute to answer.
Raises AiError; whoever calls decides what a customer or an agent is told then.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from integrations.actions import spending, troubles
from integrations.ai.port import AiError, Heard, Reply, Request, Usage, Vectors
from integrations.models import AiProvider, Assistant
from integrations.models.call import Purpose
from integrations.models.provider import ProviderKind
from tenants.models import User
from tickets.models import Ticket

PATIENCE = {Purpose.CHECK: 15.0, Purpose.TRANSCRIPTION: 300.0}  # seconds; 60 for the others
Answer = TypeVar("Answer", Reply, Vectors, Heard, bytes)


def respond(
    request: Request,
    *,
    purpose: str,
    provider: AiProvider | None = None,
    assistant: Assistant | None = None,
    ticket: Ticket | None = None,
    by: User | None = None,
    on_text: Callable[[str], None] | None = None,
) -> Reply:
    """Ask a model. A blank `request.model` means the assistant's, or else the provider's."""
    chosen = provider or _provider_for("chat", assistant)
    model = request.model or (assistant.model if assistant else "") or chosen.chat_model
    asked = replace(request, model=_named(model))
    call = _Call(chosen, purpose, asked.model, assistant=assistant, ticket=ticket, user=by)
    return call.run(Reply, lambda client: client.respond(asked, on_text))


def embed(
    texts: Sequence[str], *, purpose: str, provider: AiProvider | None = None, dimensions: int | None = None
) -> Vectors:
    """One vector per text, by the company's provider of embeddings."""
    chosen = provider or _provider_for("embedding")
    model = _named(chosen.embedding_model)
    call = _Call(chosen, purpose, model)
    return call.run(Vectors, lambda client: client.embed(model, list(texts), dimensions))


def transcribe(
    name: str,
    mime: str,
    data: bytes,
    *,
    language: str = "",
    ticket: Ticket | None = None,
    by: User | None = None,
    speakers: int | None = None,
    provider: AiProvider | None = None,
) -> Heard:
    """What is said in a recording. `speakers`: how many are expected, where the provider tells them apart."""
    chosen = provider or _provider_for("transcription")
    model = _named(chosen.transcription_model)
    more: dict[str, Any] = {"speakers": speakers} if chosen.kind == ProviderKind.ASSEMBLYAI else {}
    call = _Call(chosen, Purpose.TRANSCRIPTION, model, ticket=ticket, user=by)
    return call.run(
        Heard, lambda client: client.transcribe(model, name, mime, data, language=language, **more)
    )


def speak(text: str, *, ticket: Ticket | None = None, provider: AiProvider | None = None) -> bytes:
    """The text as a voice note (Opus). Providers tell no usage for it: its characters count as input."""
    chosen = provider or _provider_for("speech")
    model = _named(chosen.speech_model)
    call = _Call(chosen, Purpose.SPEECH, model, ticket=ticket, usage=Usage(input_tokens=len(text)))
    return call.run(bytes, lambda client: client.speak(model, chosen.voice, text))


def client_of(provider: AiProvider, purpose: str) -> Any:
    """Who speaks to this provider: `settings.AI_CLIENTS` by kind."""
    made = import_string(settings.AI_CLIENTS[provider.kind])
    return made(provider.base_url, provider.api_key, timeout=PATIENCE.get(Purpose(purpose), 60.0))


class _Call:
    """One call: the budget is asked before it, and whatever becomes of it is written down after."""

    def __init__(
        self, provider: AiProvider, purpose: str, model: str, *, usage: Usage | None = None, **about: Any
    ) -> None:
        self.provider, self.purpose, self.model, self.about = provider, purpose, model, about
        self.usage = usage or Usage()

    def run(self, kind: type[Answer], ask: Callable[[Any], Any]) -> Answer:
        began = time.monotonic()
        try:
            with transaction.atomic(durable=True):  # refuses to be inside of another
                spending.check(self.provider)
            answer = ask(client_of(self.provider, self.purpose))
        except AiError as error:
            self._ended(began, error.code)
            troubles.note(self.provider, error)
            raise
        assert isinstance(answer, kind)
        if not isinstance(answer, bytes):
            self.usage = answer.usage
        self._ended(began, "ok")
        troubles.clear(self.provider)
        return answer

    def _ended(self, began: float, outcome: str) -> None:
        spending.record(
            self.provider,
            purpose=self.purpose,
            model=self.model,
            usage=self.usage if outcome == "ok" else Usage(),
            latency_ms=round((time.monotonic() - began) * 1000),
            outcome=outcome,
            **self.about,
        )


def _provider_for(ability: str, assistant: Assistant | None = None) -> AiProvider:
    """The assistant's own; never another than it names, for its words are meant for that one."""
    with transaction.atomic(durable=True):
        if assistant is not None and assistant.provider_id is not None:
            found = AiProvider.objects.usable().filter(pk=assistant.provider_id).first()
        else:
            found = AiProvider.objects.able_to(ability)
    if found is None:
        raise AiError("no_provider", f"No provider for {ability} is set up and switched on.")
    provider: AiProvider = found
    return provider


def _named(model: str) -> str:
    if not model:
        raise AiError("no_model", "No model is chosen.")
    return model
