"""Addresses of the integrations."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from integrations.api import (
    assistant_tools,
    assistants,
    bot_doors,
    bots,
    copilot,
    knowledge,
    knowledge_answers,
    knowledge_search,
    providers,
    talks,
    threads,
    transcriptions,
    turns,
    usage,
)
from integrations.api.exams import ExamCaseViewSet, ExamSetViewSet, ExamViewSet

router = SimpleRouter()
router.register("ai/assistants", assistants.AssistantViewSet, basename="assistant")
router.register("ai/tools", assistant_tools.AssistantToolViewSet, basename="assistant-tool")
router.register("ai/threads", threads.ThreadViewSet, basename="ai-thread")
router.register("ai/runs", threads.RunViewSet, basename="ai-run")
router.register("ai/providers", providers.ProviderViewSet, basename="ai-provider")
router.register("ai/turns", turns.TurnViewSet, basename="ai-turn")
router.register("ai/copilot", copilot.CopilotViewSet, basename="copilot")
router.register("bots", bots.BotViewSet, basename="bot")
router.register("knowledge/documents", knowledge.DocumentViewSet, basename="knowledge-document")
router.register("knowledge/answers", knowledge_answers.AnswerViewSet, basename="knowledge-answer")
router.register("knowledge/for-ticket", knowledge_search.ForTicketViewSet, basename="knowledge-for-ticket")
router.register("talks", talks.TalkViewSet, basename="talk")
router.register("ai/exams/cases", ExamCaseViewSet, "exam-case")
router.register("ai/exams/sets", ExamSetViewSet, "exam-set")
router.register("ai/exams", ExamViewSet, "exam")
router.register("transcriptions", transcriptions.TranscriptionViewSet, basename="transcription")

urlpatterns = [
    path(
        "transcriptions/for-message/<int:pk>/",
        transcriptions.MessageTranscriptionViewSet.as_view({"post": "create"}),
        name="transcription-for-message",
    ),
    path("knowledge/search/", knowledge_search.SearchView.as_view()),
    path("knowledge/index/", knowledge_search.IndexView.as_view()),
    path("knowledge/sectors/", knowledge_search.SectorView.as_view()),
    path("bots/<int:pk>/answer/", bot_doors.BotAnswerView.as_view()),
    path("bots/files/<str:token>/<str:name>", bot_doors.BotFileView.as_view()),
    *router.urls,
    path("ai/models/", providers.ModelViewSet.as_view({"get": "offered"}), name="ai-models"),
    path("ai/usage/", usage.UsageViewSet.as_view({"get": "report"}), name="ai-usage"),
]
