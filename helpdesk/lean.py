"""What REST framework makes anew for each request, made once: its parts keep nothing of a request."""

import functools
from typing import Any

from rest_framework.request import Request

from helpdesk.api import Renderer
from helpdesk.errors import Refused

_RENDERER = Renderer()


class Lean:
    """View mixin: shared authenticators, parsers and permissions, and one renderer instead of a negotiation."""

    def get_authenticators(self: Any) -> list[Any]:
        return _made(tuple(self.authentication_classes))

    def get_parsers(self: Any) -> list[Any]:
        return _made(tuple(self.parser_classes))

    def get_permissions(self: Any) -> list[Any]:
        return _made(tuple(self.permission_classes))

    def perform_authentication(self: Any, request: Request) -> None:
        try:
            super().perform_authentication(request)  # type: ignore[misc]
        except Refused:
            request.auth = None  # the answer asks who is looking, and must not be turned away as well
            raise

    def perform_content_negotiation(self, request: Request, force: bool = False) -> tuple[Renderer, str]:
        return _RENDERER, _RENDERER.media_type


@functools.cache
def _made(parts: tuple[type[Any], ...]) -> list[Any]:
    return [part() for part in parts]
