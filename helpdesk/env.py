"""Typed reads of environment variables: a value that makes no sense stops the start."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET = 32  # characters: HS256 and Fernet ask for 256 bits


def env(name: str, default: str = "") -> str:
    """The variable's text, or the content of the file that NAME_FILE points to (container secrets)."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def env_bool(name: str, default: bool) -> bool:
    value = env(name, str(default)).lower()
    if value not in {"true", "false", "1", "0", "yes", "no"}:
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return value in {"true", "1", "yes"}


def env_int(name: str, default: int) -> int:
    value = env(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from error


def env_choice(name: str, default: str, *others: str) -> str:
    value = env(name, default)
    if value not in {default, *others}:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join([default, *others])}, not {value!r}.")
    return value


def env_list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def env_secret(name: str, *, development: str, production: bool) -> list[str]:
    """A list of secrets, newest first, so that one can be rotated; production has no default."""
    values = env_list(name)
    if not values and production:
        raise ImproperlyConfigured(f"{name} is not set. Production does not start with a default secret.")
    if production and any(value == development or len(value) < SHORTEST_SECRET for value in values):
        raise ImproperlyConfigured(f"{name} can be guessed: make secrets with deploy/new_env.py.")
    return values or [development]
