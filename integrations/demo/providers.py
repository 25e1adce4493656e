"""A provider for the demo: scripted answers from this machine, or a real one when a key is in the environment."""

import random
from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from helpdesk.env import env
from integrations.models import AiCall, AiProvider
from integrations.models.provider import ProviderKind, this_month
from tenants.models import Company

SCRIPTED = "Scripted answers (demo)"
PRICES = {
    "scripted-chat": {"input": "1.25", "cached": "0.125", "output": "10"},
    "scripted-embedding": {"input": "0.02"},
    "scripted-transcription": {"minute": "0.006"},
    "scripted-speech": {"input": "15"},
}
USES = {  # purpose → (calls, model, input tokens, output tokens, milliseconds)
    "answer": (64, "scripted-chat", 2400, 180, 1900),
    "copilot": (38, "scripted-chat", 1500, 220, 1300),
    "knowledge": (22, "scripted-embedding", 900, 0, 240),
    "transcription": (9, "scripted-transcription", 0, 0, 2600),
}


def seed(company: Company) -> None:
    """Once, with the company's other data."""
    reconnect(company)
    _use(AiProvider.objects.get(is_scripted=True))
    if env("AI_API_KEY"):
        _connect_the_real_one()


def reconnect(company: Company) -> None:
    """At every start: the scripted provider may listen on another port this time."""
    address = env("AI_DEMO_URL", "http://127.0.0.1:8998")
    scripted = AiProvider.objects.filter(is_scripted=True)
    for provider in list(scripted) or [_scripted()]:
        # AssemblyAI's dialect is spoken at the root of the same server.
        provider.base_url = address if provider.kind == ProviderKind.ASSEMBLYAI else f"{address}/v1"
        provider.save()


def _scripted() -> AiProvider:
    return AiProvider(
        name=SCRIPTED,
        api_key="scripted-demo-key",
        is_scripted=True,
        is_default=not AiProvider.objects.filter(is_default=True).exists(),
        chat_model="scripted-chat",
        embedding_model="scripted-embedding",
        transcription_model="scripted-transcription",
        speech_model="scripted-speech",
        voice="calm",
        prices=PRICES,
        monthly_budget="5.00",
    )


def _connect_the_real_one() -> None:
    """Which models is the reader's choice: AI_CHAT_MODEL and so on; the console lists what the provider offers."""
    AiProvider.objects.update(is_default=False)
    AiProvider.objects.create(
        name=env("AI_PROVIDER_NAME", "AI"),
        base_url=env("AI_BASE_URL"),
        api_key=env("AI_API_KEY"),
        is_default=True,
        **{f"{name}_model": env(f"AI_{name.upper()}_MODEL") for name in _ABILITIES},
        voice=env("AI_VOICE"),
    )


_ABILITIES = ("chat", "embedding", "transcription", "speech")


def _use(provider: AiProvider) -> None:
    """Some weeks of calls, so that the report has something to show."""
    from integrations.actions.spending import cost
    from integrations.ai.port import Usage

    dice = random.Random(7)  # noqa: S311  (the same demo everywhere)
    made: list[AiCall] = []
    for purpose, (calls, model, tokens_in, tokens_out, ms) in USES.items():
        for _ in range(calls):
            usage = Usage(
                input_tokens=round(tokens_in * dice.uniform(0.4, 1.8)),
                cached_tokens=round(tokens_in * dice.choice((0, 0, 0.3))),
                output_tokens=round(tokens_out * dice.uniform(0.3, 1.7)),
                seconds=round(dice.uniform(4, 60), 1) if purpose == "transcription" else 0,
            )
            outcome = dice.choice(["ok"] * 24 + ["timeout", "rate_limited"])
            at = now() - timedelta(days=dice.triangular(0, 28, 3), minutes=dice.uniform(0, 600))
            made.append(
                _call(provider, purpose, model, usage, outcome, at, round(ms * dice.uniform(0.5, 2.2)))
            )
            made[-1].cost = cost(provider, model, usage) if outcome == "ok" else None
    AiCall.objects.bulk_create(made)
    month = this_month()
    spent = sum(call.cost or 0 for call in made if this_month(call.at) == month)
    AiProvider.objects.filter(pk=provider.pk).update(spent=spent, spent_for=month)


def _call(
    provider: AiProvider, purpose: str, model: str, usage: Any, outcome: str, at: Any, latency: int
) -> AiCall:
    worked = outcome == "ok"
    return AiCall(
        company_id=provider.company_id,
        provider=provider,
        at=at,
        purpose=purpose,
        model=model,
        outcome=outcome,
        latency_ms=latency,
        input_tokens=usage.input_tokens if worked else 0,
        cached_tokens=usage.cached_tokens if worked else 0,
        output_tokens=usage.output_tokens if worked else 0,
        audio_seconds=usage.seconds if worked else 0,
    )
