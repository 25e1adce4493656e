"""Nouns of the integrations."""

from integrations.models.assistant import Assistant
from integrations.models.assistant_tool import AssistantTool
from integrations.models.bot import Bot, BotSession
from integrations.models.call import AiCall
from integrations.models.customer_code import CustomerCode
from integrations.models.exam import Exam, ExamCase, ExamSet
from integrations.models.knowledge import KnowledgeAnswer, KnowledgeDocument
from integrations.models.passage import KnowledgeChunk, KnowledgeIndex, KnowledgeWord
from integrations.models.provider import AiProvider
from integrations.models.recording import Recording
from integrations.models.run import AssistantRun
from integrations.models.talk import Talk, TalkMessage
from integrations.models.thread import AssistantThread, ThreadFile, ThreadItem
from integrations.models.turn import Turn, TurnState

__all__ = [
    "AiCall",
    "AiProvider",
    "Assistant",
    "AssistantRun",
    "AssistantThread",
    "AssistantTool",
    "Bot",
    "BotSession",
    "CustomerCode",
    "Exam",
    "ExamCase",
    "ExamSet",
    "KnowledgeAnswer",
    "KnowledgeChunk",
    "KnowledgeDocument",
    "KnowledgeIndex",
    "KnowledgeWord",
    "Recording",
    "Talk",
    "TalkMessage",
    "ThreadFile",
    "ThreadItem",
    "Turn",
    "TurnState",
]
