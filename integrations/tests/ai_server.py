"""The scripted provider as tests see it."""

from typing import Any

from integrations.ai.testing.serving import InThread

KEY = "sk-test-of-acme-1234"


class AiServer(InThread):
    """`script` says what it answers, `calls` tells what it was asked."""

    @property
    def base_url(self) -> str:
        """Where OpenAI's whole API is spoken."""
        return f"{self.url}/v1"

    def script(self, *rules: dict[str, Any]) -> None:
        """Replace the rules. `{"when": {"text": "boleto"}, "say": "…"}`; see docs/ai.md."""
        self.state.write(list(rules))

    def calls(self, path: str = "") -> list[dict[str, Any]]:
        """What was received so far, in order; those to `path` (its end) only, when given."""
        return [call for call in list(self.state.calls) if call["path"].endswith(path)]

    def reset(self) -> None:
        self.state.reset()

    def provider_of(self, world: Any, **fields: Any) -> Any:
        """An account of that company here."""
        from integrations.models import AiProvider

        given = {
            "name": "Scripted", "base_url": self.base_url, "api_key": KEY, "is_default": True,
            "chat_model": "scripted-chat", "embedding_model": "scripted-embedding",
            "transcription_model": "scripted-transcription", "speech_model": "scripted-speech", "voice": "calm",
            "prices": {"scripted-chat": {"input": "1", "cached": "0.5", "output": "2"}},
        }  # fmt: skip
        with world.scope():
            return AiProvider.objects.create(**{**given, **fields})
