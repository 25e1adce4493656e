"""Secrets, addresses, files, mail: what the machine and its settings give us."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import imageio_ffmpeg
from django.conf import settings
from django.core.mail import get_connection

from helpdesk.doctor.finding import Finding, Level

LITTLE_SPACE = 2_000_000_000


def secrets() -> Iterator[Finding]:
    """No secret is the one that everybody can read in the source."""
    names = [name for name in ("SECRET_KEY", "JWT_KEYS", "FIELD_KEYS") if not _is_given(name)]
    level: Level = "bad" if settings.PRODUCTION else "warn"
    if names:
        words = f"{', '.join(names)}: the public development default. Make some: python deploy/new_env.py"
        yield Finding(level, "secrets", words)
    else:
        yield Finding("ok", "secrets", "None is a default.")


def addresses() -> Iterator[Finding]:
    """People and Meta reach us by an address that is allowed and encrypted."""
    parts = urlsplit(settings.PUBLIC_URL)
    host = parts.hostname or ""
    is_local = host in {"localhost", "127.0.0.1", "::1"}
    if parts.scheme != "https" and not is_local:
        yield Finding(
            "bad", "address", f"PUBLIC_URL is {settings.PUBLIC_URL}: Meta and browsers ask for https."
        )
    elif is_local:
        level: Level = "bad" if settings.PRODUCTION else "warn"
        yield Finding(
            level, "address", f"PUBLIC_URL is {settings.PUBLIC_URL}: Meta cannot deliver webhooks there."
        )
    else:
        yield Finding("ok", "address", settings.PUBLIC_URL)
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding("warn", "address", "ALLOWED_HOSTS is *: name the hosts that people use.")
    elif host not in settings.ALLOWED_HOSTS and f"[{host}]" not in settings.ALLOWED_HOSTS:
        yield Finding("bad", "address", f"ALLOWED_HOSTS lacks {host}, the host of PUBLIC_URL.")


def media() -> Iterator[Finding]:
    """Pictures and voice notes can be stored and converted."""
    folder = Path(settings.MEDIA_ROOT)
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    if not os.access(existing, os.W_OK):
        yield Finding("bad", "media", f"MEDIA_ROOT {folder} cannot be written by this user.")
    elif shutil.disk_usage(existing).free < LITTLE_SPACE:
        yield Finding("warn", "media", f"MEDIA_ROOT {folder} has less than 2 GB left.")
    else:
        yield Finding("ok", "media", f"{folder} can be written.")
    try:
        program = imageio_ffmpeg.get_ffmpeg_exe()
        subprocess.run([program, "-version"], capture_output=True, check=True, timeout=20)  # noqa: S603
    except (RuntimeError, OSError, subprocess.SubprocessError):
        yield Finding("bad", "media", "ffmpeg does not run: voice notes cannot be converted. Install it.")


def mail() -> Iterator[Finding]:
    """Password resets reach people."""
    backend = settings.EMAIL_BACKEND.rsplit(".", 2)[-2]
    if backend != "smtp":
        level: Level = "bad" if settings.PRODUCTION else "warn"
        yield Finding(level, "mail", "E-mails go to the log, not to people. Set EMAIL_URL.")
        return
    try:
        server = get_connection(timeout=5)
        server.open()
        server.close()
    except OSError as error:
        yield Finding("bad", "mail", f"The mail server {settings.EMAIL_HOST} refuses: {error}")
    else:
        yield Finding("ok", "mail", f"{settings.EMAIL_HOST} accepts our login.")


def console() -> Iterator[Finding]:
    """There is something to show to people."""
    built = (settings.CONSOLE_DIR / "index.html").exists()
    yield (
        Finding("ok", "console", "Built.")
        if built
        else Finding("bad", "console", "Not built: npm ci && npm run build in console/.")
    )


def _is_given(name: str) -> bool:
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))
