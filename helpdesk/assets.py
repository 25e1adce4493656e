"""Serves the files of the built console beside the static files that WhiteNoise found at the start.

A build replaces files under a running process, so each is looked for when it is asked for.
"""

import stat
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import MissingFileError, StaticFile

WORKER = "/sw.js"  # browsers must ask whether it changed, or an old one would live on
NEVER = ("/api/", "/index.html")  # the page is made for each answer: helpdesk.console
MOST_KEPT = 2_000

Version = tuple[int, int, int]


class Assets(WhiteNoiseMiddleware):  # type: ignore[misc]  # it brings no types
    """WhiteNoise with the console's folder, whose files may come, change and go."""

    def __init__(self, get_response: Any = None) -> None:
        super().__init__(get_response)
        self._known: dict[Path, tuple[Version, StaticFile]] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            file = self._console_file(request.path_info)
            answer = self.serve(file, request) if file else super().__call__(request)
        except (FileNotFoundError, MissingFileError):  # a build took it away this moment
            answer = self.get_response(request)
        return answer  # type: ignore[no-any-return]

    def add_cache_headers(self, headers: Any, path: str, url: str) -> None:
        if url == WORKER:
            headers["Cache-Control"] = "no-cache"
        else:
            super().add_cache_headers(headers, path, url)

    def _console_file(self, url: str) -> StaticFile | None:
        path = self._path_of(url)
        version = _version(path) if path else None
        if path is None or version is None:
            return None
        known = self._known.get(path)
        if known is None or known[0] != version:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            known = self._known[path] = (version, self.get_static_file(str(path), url))
        return known[1]

    def _path_of(self, url: str) -> Path | None:
        """Where this would be. None for what is no file's name, hidden, or outside of the folder."""
        is_name = "." in url.rpartition("/")[2] and not url.startswith(NEVER)
        if not is_name or "/." in url or "\0" in url or not self.url_is_canonical(url):
            return None
        root = Path(settings.CONSOLE_DIR).resolve()
        path = (root / url.lstrip("/")).resolve()
        return path if path.is_relative_to(root) else None


def _version(path: Path) -> Version | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_ino, found.st_mtime_ns, found.st_size) if stat.S_ISREG(found.st_mode) else None
