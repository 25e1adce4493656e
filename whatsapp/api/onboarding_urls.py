"""Addresses of how numbers come: what was pasted, what is left to do, and the apps behind them."""

from collections.abc import Callable
from typing import Any

from django.urls import path
from rest_framework.routers import SimpleRouter

from whatsapp.api.apps import AppViewSet
from whatsapp.api.onboarding import CloudNumberViewSet, ProbeViewSet
from whatsapp.api.phones import PhoneViewSet
from whatsapp.api.signup import SignupViewSet

router = SimpleRouter()
router.register("meta-apps", AppViewSet, "meta-app")


def cloud(method: str, act: str) -> Callable[..., Any]:
    return CloudNumberViewSet.as_view({method: act})


HERE = "connections/<int:pk>/cloud/"
urlpatterns = [
    path("connections/probe/", ProbeViewSet.as_view({"post": "look"}), name="connection-probe"),
    path("connections/signup/", SignupViewSet.as_view({"get": "invite", "post": "finish"}), name="signup"),
    path(HERE, cloud("get", "steps"), name="cloud-steps"),
    path(f"{HERE}register/", cloud("post", "register"), name="cloud-register"),
    path(f"{HERE}pin/", cloud("post", "change_pin"), name="cloud-pin"),
    path(f"{HERE}request-code/", cloud("post", "request_code"), name="cloud-request-code"),
    path(f"{HERE}verify-code/", cloud("post", "verify_code"), name="cloud-verify-code"),
    path(f"{HERE}subscribe/", cloud("post", "subscribe"), name="cloud-subscribe"),
    path(f"{HERE}callback/", cloud("post", "callback"), name="cloud-callback"),
    path(f"{HERE}token/", cloud("post", "token"), name="cloud-token"),
    path(
        "connections/<int:pk>/phone/",
        PhoneViewSet.as_view({"get": "progress", "post": "ask"}),
        name="phone-progress",
    ),
    *router.urls,
]
