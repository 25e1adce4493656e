"""Model fields that keep secrets encrypted at rest.

The cipher is loaded with the first secret: `sockets` never sees one, and is 7 MB smaller without it. `web` and
the workers load it when they start (`wsgi.py`, `worker.py`).
"""

import functools
import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


@functools.cache
def _box(keys: tuple[str, ...]) -> "MultiFernet":
    from cryptography.fernet import Fernet, MultiFernet

    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError as error:
        raise ImproperlyConfigured("FIELD_KEYS must hold url-safe base64 keys of 32 bytes.") from error


def encrypt(text: str) -> str:
    return _box(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The clear text. Raises ImproperlyConfigured when no configured key opens it."""
    from cryptography.fernet import InvalidToken

    try:
        return _box(tuple(settings.FIELD_KEYS)).decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise ImproperlyConfigured("A stored secret was encrypted with a key not in FIELD_KEYS.") from error


class EncryptedJSONField(models.TextField):  # type: ignore[type-arg]
    """A JSON value that the database only ever sees encrypted. Never put it in a serializer."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return None if value is None else json.loads(decrypt(value))

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else encrypt(json.dumps(value))

    def to_python(self, value: Any) -> Any:
        return value
