"""Addresses of the integrations."""

from rest_framework.routers import SimpleRouter

from integrations.api import copilot

router = SimpleRouter()
router.register("ai/copilot", copilot.CopilotViewSet, basename="copilot")

urlpatterns = [*router.urls]
