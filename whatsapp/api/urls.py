"""Addresses of the WhatsApp edge."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from whatsapp.api import gateways, webhooks
from whatsapp.api.devices import DeviceViewSet
from whatsapp.api.ledger import LedgerEventViewSet, LedgerPayloadViewSet
from whatsapp.api.ledger_attempts import LedgerAttemptViewSet

router = SimpleRouter()
router.register("ledger/events", LedgerEventViewSet, "ledger-event")
router.register("ledger/payloads", LedgerPayloadViewSet, "ledger-payload")
router.register("ledger/attempts", LedgerAttemptViewSet, "ledger-attempt")
router.register("devices", DeviceViewSet, "device")

urlpatterns = [
    path("webhooks/gateway/<int:connection_id>/", gateways.gateway, name="gateway-webhook"),
    path("webhooks/whatsapp/<uuid:address>/", webhooks.whatsapp, name="whatsapp-webhook"),
    path("", include("whatsapp.api.onboarding_urls")),
    *router.urls,
]
