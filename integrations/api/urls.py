"""Addresses of the integrations."""

from rest_framework.routers import SimpleRouter

from integrations.api import bots, copilot, talks
from integrations.api.exams import ExamCaseViewSet, ExamSetViewSet, ExamViewSet

router = SimpleRouter()
router.register("ai/copilot", copilot.CopilotViewSet, basename="copilot")
router.register("bots", bots.BotViewSet, basename="bot")
router.register("talks", talks.TalkViewSet, basename="talk")
router.register("ai/exams/cases", ExamCaseViewSet, "exam-case")
router.register("ai/exams/sets", ExamSetViewSet, "exam-set")
router.register("ai/exams", ExamViewSet, "exam")

urlpatterns = [*router.urls]
