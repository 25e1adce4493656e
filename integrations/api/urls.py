"""Addresses of the integrations."""

from rest_framework.routers import SimpleRouter

from integrations.api import bots, copilot, talks

router = SimpleRouter()
router.register("ai/copilot", copilot.CopilotViewSet, basename="copilot")
router.register("bots", bots.BotViewSet, basename="bot")
router.register("talks", talks.TalkViewSet, basename="talk")

urlpatterns = [*router.urls]
