"""Every address of the `web` process. Apps are named by string: the floor imports none of them."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularRedocView, SpectacularSwaggerView

from helpdesk import console, health, metrics
from helpdesk.schema import EventsView

handler404 = "helpdesk.errors.no_such_address"
handler500 = "helpdesk.errors.our_fault"

urlpatterns = [
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("metrics", metrics.page),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerView.as_view(), name="docs"),
    path("api/redoc/", SpectacularRedocView.as_view(), name="redoc"),
    path("api/events/", EventsView.as_view(), name="events"),
    path("api/", include("tenants.api.urls")),
    path("api/", include("tickets.api.urls")),
    path("api/", include("whatsapp.api.urls")),
    path("api/", include("integrations.api.urls")),
    re_path(r"^(?!api/|static/|assets/|emoji/|sw\.js|health/|metrics).*$", console.page, name="console"),
]
