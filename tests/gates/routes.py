"""Walks the router: every method of every API route, with the permission that it declares."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tenants.permissions import needed_for

METHODS = ("get", "post", "put", "patch", "delete")
# Not DRF views: documentation of the API itself, the provider's webhook door.
OUTSIDE = {"schema", "docs", "redoc", "whatsapp-webhook", "gateway-webhook"}


@dataclass(frozen=True)
class Route:
    """`path` has {names} where the address has arguments; `action` is what the view calls it."""

    method: str
    path: str
    view: Any
    action: str
    arguments: tuple[str, ...]

    @property
    def needs(self) -> str | None:
        instance = self.view()
        instance.action = self.action
        return needed_for(instance, self.method)

    @property
    def is_list(self) -> bool:
        return self.method == "get" and self.action == "list"

    @property
    def model(self) -> Any:
        return getattr(self.view, "model", None)

    def address(self, **arguments: Any) -> str:
        return "/" + self.path.format(**arguments)

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path} ({self.action})"


def routes() -> list[Route]:
    return sorted(set(_walk(get_resolver().url_patterns, "")), key=str)


def _walk(patterns: list[Any], prefix: str) -> Iterator[Route]:
    for pattern in patterns:
        path = prefix + _readable(pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path)
        elif path.startswith("api/") and isinstance(pattern, URLPattern) and pattern.name not in OUTSIDE:
            yield from _methods(pattern, path)


def _methods(pattern: URLPattern, path: str) -> Iterator[Route]:
    if "format" in path:
        return
    view = getattr(pattern.callback, "cls", None) or getattr(pattern.callback, "view_class", None)
    assert view is not None, f"{path} is not a DRF view; add it to OUTSIDE with a reason"
    actions = getattr(pattern.callback, "actions", None)
    arguments = tuple(part.split("}")[0] for part in path.split("{")[1:])
    for method in METHODS:
        if actions is not None and method in actions:
            yield Route(method, path, view, actions[method], arguments)
        elif actions is None and hasattr(view, method):
            yield Route(method, path, view, method, arguments)


def _readable(pattern: Any) -> str:
    """`<int:pk>` and `(?P<pk>…)` both become {pk}."""
    from django.contrib.admindocs.views import simplify_regex
    from django.urls.resolvers import RegexPattern

    text = str(pattern.pattern)
    if isinstance(pattern.pattern, RegexPattern):
        text = simplify_regex(text).lstrip("/")
        return text.replace("<", "{").replace(">", "}")
    parts = text.split("<")
    return parts[0] + "".join(
        "{" + part.split(">")[0].split(":")[-1] + "}" + part.split(">")[1] for part in parts[1:]
    )
