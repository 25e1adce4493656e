"""Serves the built console: one page for every address, under a strict content security policy."""

import functools
import secrets
from pathlib import Path

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

MISSING = "The console is not built yet: run `make demo`, or `npm run build` in console/."


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """index.html with this answer's nonce and what the first paint needs to know."""
    html = _index()
    if html is None:
        return HttpResponse(MISSING, status=503, content_type="text/plain")
    nonce = secrets.token_urlsafe(16)
    html = html.replace("__CSP_NONCE__", nonce).replace("__BOOT__", _boot())
    response = HttpResponse(html)
    response["Content-Security-Policy"] = policy(request, nonce)
    response["Cache-Control"] = "no-store"
    # Meta's signup window tells its opener what was chosen; without this the browser would part the two.
    response["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups"
    return response


def _index() -> str | None:
    """The built page; read again when a new build has replaced it."""
    path = settings.CONSOLE_DIR / "index.html"
    return _read(path, path.stat().st_mtime_ns) if path.exists() else None


@functools.lru_cache(maxsize=1)
def _read(path: Path, changed_at: int) -> str:
    return path.read_text(encoding="utf-8")


def _boot() -> str:
    """Data for the page; `<` is escaped so that nothing in it can end the script element."""
    boot = {
        "build": settings.BUILD,
        "sockets_port": settings.SOCKETS_PORT,
        "phone_page": settings.WHATSAPP_PHONE_PAGE,
    }
    return orjson.dumps(boot).decode().replace("<", "\\u003c")


def policy(request: HttpRequest, nonce: str) -> str:
    """Nothing but our own origin; styles that libraries write carry the nonce."""
    scheme = "wss" if request.is_secure() else "ws"
    host = request.get_host()
    sockets = f"{scheme}://{host}"
    if settings.SOCKETS_PORT:
        sockets = f"{scheme}://{host.rsplit(':', 1)[0]}:{settings.SOCKETS_PORT}"
    return (
        "default-src 'none'; script-src 'self'; "
        f"style-src 'self' 'nonce-{nonce}'; img-src 'self' blob: data:; media-src 'self' blob:; "
        f"font-src 'self'; connect-src 'self' {sockets}; worker-src 'self'; manifest-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
