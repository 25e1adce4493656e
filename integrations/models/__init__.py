"""Nouns of the integrations."""

from integrations.models.assistant import Assistant
from integrations.models.call import AiCall
from integrations.models.knowledge import KnowledgeAnswer, KnowledgeDocument
from integrations.models.passage import KnowledgeChunk, KnowledgeIndex, KnowledgeWord
from integrations.models.provider import AiProvider

__all__ = [
    "AiCall",
    "AiProvider",
    "Assistant",
    "KnowledgeAnswer",
    "KnowledgeChunk",
    "KnowledgeDocument",
    "KnowledgeIndex",
    "KnowledgeWord",
]
