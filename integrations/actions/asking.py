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
from integrations.ai import estimates
from integrations.ai.port import AiError, Heard, Reply, Request, Stopped, Usage, Vectors
from integrations.models import AiProvider, Assistant
from integrations.models.call import Outcome, Purpose
from integrations.models.provider import ProviderKind
from tenants.models import User
from tickets.models import Ticket

PATIENCE = {Purpose.CHECK: 15.0, Purpose.TRANSCRIPTION: 300.0}  # seconds; 60 for the others
# Nobody knows whether these were billed. Of other failures only what had begun to answer is counted.
MAY_COST = {Outcome.OK, Outcome.STOPPED, Outcome.BROKE, "timeout", "bad_answer"}
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
    guess = estimates.of_request(asked)
    call = _Call(chosen, purpose, asked.model, guess, assistant=assistant, ticket=ticket, user=by)
    listen = call.listening(on_text)
    return call.run(Reply, lambda client: client.respond(asked, listen))


def embed(
    texts: Sequence[str], *, purpose: str, provider: AiProvider | None = None, dimensions: int | None = None
) -> Vectors:
    """One vector per text, by the company's provider of embeddings."""
    chosen = provider or _provider_for("embedding")
    model = _named(chosen.embedding_model)
    call = _Call(chosen, purpose, model, estimates.of_texts(texts))
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
    guess = estimates.of_sound(mime, len(data))
    call = _Call(chosen, Purpose.TRANSCRIPTION, model, guess, ticket=ticket, user=by)
    return call.run(
        Heard, lambda client: client.transcribe(model, name, mime, data, language=language, **more)
    )


def speak(text: str, *, ticket: Ticket | None = None, provider: AiProvider | None = None) -> bytes:
    """The text as a voice note (Opus). Providers tell no usage for it: its characters count as input."""
    chosen = provider or _provider_for("speech")
    model = _named(chosen.speech_model)
    call = _Call(chosen, Purpose.SPEECH, model, Usage(input_tokens=len(text)), ticket=ticket)
    return call.run(bytes, lambda client: client.speak(model, chosen.voice, text))


def client_of(provider: AiProvider, purpose: str) -> Any:
    """Who speaks to this provider: `settings.AI_CLIENTS` by kind."""
    made = import_string(settings.AI_CLIENTS[provider.kind])
    return made(provider.base_url, provider.api_key, timeout=PATIENCE.get(Purpose(purpose), 60.0))


class _Call:
    """One call. It is written down before it is made, so that whatever becomes of it counts: told by the provider,
    or else by our `guess` of what was sent and the words that came."""

    def __init__(self, provider: AiProvider, purpose: str, model: str, guess: Usage, **about: Any) -> None:
        self.provider, self.purpose, self.model = provider, purpose, model
        self.guess, self.about = guess, about
        self.heard = 0  # bytes of the answer, while it comes

    def listening(self, on_text: Callable[[str], None] | None) -> Callable[[str], None] | None:
        """Whoever listens may stop, with an exception of theirs: what came until then was paid for."""
        if on_text is None:
            return None

        def listen(piece: str) -> None:
            self.heard += len(piece.encode())
            on_text(piece)

        return listen

    def run(self, kind: type[Answer], ask: Callable[[Any], Any]) -> Answer:
        about = {"purpose": self.purpose, "model": self.model, **self.about}
        try:
            spending.check(self.provider, self.model)
        except AiError as refusal:
            spending.record(self.provider, outcome=refusal.code, **about)
            raise
        self.began = time.monotonic()
        self.row = spending.begin(self.provider, guess=self.guess, **about)
        try:
            answer = ask(client_of(self.provider, self.purpose))
            assert isinstance(answer, kind)
        except AiError as error:
            self._ended(error.code, error.usage)
            troubles.note(self.provider, error)
            raise
        except BaseException as end:
            self._ended(Outcome.STOPPED if isinstance(end, Stopped) else Outcome.BROKE)
            raise
        if isinstance(answer, Reply):
            self.heard = estimates.size_of(answer)
        self._ended(Outcome.OK, self.guess if isinstance(answer, bytes) else answer.usage)
        troubles.clear(self.provider)
        return answer

    def _ended(self, outcome: str, told: Usage | None = None) -> None:
        is_told = told is not None and told != Usage()
        guess: Usage | None = None
        if not is_told and (outcome in MAY_COST or self.heard):
            guess = replace(self.guess, output_tokens=estimates.tokens(self.heard))
        spending.end(
            self.row,
            outcome=outcome,
            usage=told if is_told else guess,
            latency_ms=round((time.monotonic() - self.began) * 1000),
            is_estimated=guess is not None,
        )


def _provider_for(ability: str, assistant: Assistant | None = None) -> AiProvider:
    with transaction.atomic(durable=True):
        rows = AiProvider.objects
        found = rows.that_answers_for(assistant) if assistant is not None else rows.able_to(ability)
    if found is None:
        raise AiError("no_provider", f"No provider for {ability} is set up and switched on.")
    provider: AiProvider = found
    return provider


def _named(model: str) -> str:
    if not model:
        raise AiError("no_model", "No model is chosen.")
    return model
