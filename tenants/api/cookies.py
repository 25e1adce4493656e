"""The two cookies of a browser: one renews its session, one opens its pictures. Scripts can read neither."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.timezone import now
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.errors import NotAllowed
from tenants.authentication import MEDIA_COOKIE
from tenants.models import Session
from tenants.tokens import Media, Refresh

REFRESH_COOKIE, REFRESH_PATH, MEDIA_PATH = "hd_refresh", "/api/auth/", "/api/media/"
MARK = "helpdesk"  # a form on another site cannot send this header


def set_cookies(response: Response, session: Session) -> None:
    _set(response, REFRESH_COOKIE, str(Refresh.of(session)), REFRESH_PATH, session)
    _set(response, MEDIA_COOKIE, str(Media.of(session)), MEDIA_PATH, session)


def clear_cookies(response: Response) -> None:
    response.delete_cookie(REFRESH_COOKIE, path=REFRESH_PATH, samesite="Strict")
    response.delete_cookie(MEDIA_COOKIE, path=MEDIA_PATH, samesite="Strict")


def refresh_cookie(request: Request) -> str | None:
    """The refresh token that the browser sent. Raises NotAllowed when another site made it send it."""
    token = request.COOKIES.get(REFRESH_COOKIE) or None
    if token is not None:
        _refuse_forgery(request)
    return token


def _refuse_forgery(request: Request) -> None:
    """Browsers name the page that a request comes from; programs name none and have no cookie to steal."""
    if request.headers.get("X-Requested-With") != MARK:
        raise NotAllowed("csrf_failed", f"Send the header X-Requested-With: {MARK}.")
    source = request.headers.get("Origin") or request.headers.get("Referer")
    if source and _origin(source) not in _own_origins(request):
        raise NotAllowed("csrf_failed", "The request comes from a page of another site.")


def _own_origins(request: Request) -> set[str]:
    here = f"{request.scheme}://{request.get_host()}"
    return {_origin(here), _origin(settings.PUBLIC_URL), *map(_origin, settings.CORS_ORIGINS)}


def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "null"
    return f"{parts.scheme}://{parts.netloc}".lower()


def _set(response: Response, name: str, value: str, path: str, session: Session) -> None:
    response.set_cookie(
        name,
        value,
        max_age=max(0, int((session.expires_at - now()).total_seconds())),
        path=path,
        secure=settings.SECURE,
        httponly=True,
        samesite="Strict",
    )
