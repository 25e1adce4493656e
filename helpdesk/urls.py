"""Every address of the `web` process. Apps are named by string: the floor imports none of them."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import include, path, re_path
from django.utils.module_loading import import_string

from helpdesk import console, health, metrics
from helpdesk.schema import EventsView

handler404 = "helpdesk.errors.no_such_address"
handler500 = "helpdesk.errors.our_fault"


def when_asked(view: str) -> Callable[..., HttpResponseBase]:
    """A page for developers, loaded with its first visit: it brings YAML and templates that nobody else needs."""

    def answer(request: HttpRequest, **given: Any) -> HttpResponseBase:
        found: HttpResponseBase = import_string(f"drf_spectacular.views.{view}").as_view()(request, **given)
        return found

    return answer


urlpatterns = [
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("metrics", metrics.page),
    path("api/schema/", when_asked("SpectacularAPIView"), name="schema"),
    path("api/docs/", when_asked("SpectacularSwaggerView"), name="docs"),
    path("api/redoc/", when_asked("SpectacularRedocView"), name="redoc"),
    path("api/events/", EventsView.as_view(), name="events"),
    path("api/", include("tenants.api.urls")),
    path("api/", include("tickets.api.urls")),
    path("api/", include("whatsapp.api.urls")),
    path("api/", include("integrations.api.urls")),
    re_path(r"^(?!api/|static/|assets/|emoji/|sw\.js|health/|metrics).*$", console.page, name="console"),
]
