"""Nouns of the integrations."""

from integrations.models.assistant import Assistant
from integrations.models.call import AiCall
from integrations.models.provider import AiProvider

__all__ = ["AiCall", "AiProvider", "Assistant"]
