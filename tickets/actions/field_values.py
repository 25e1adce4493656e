"""Which values a custom field takes, and the form in which each is kept."""

import math
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from tickets.models import CustomField
from tickets.models.custom_field import FieldType

TEXT_MAX = 2_000


def checked(field: CustomField, value: Any) -> Any:
    """The value as it is kept; None when it is empty. Raises ValueError that says what is wrong."""
    if value is None or value == "" or value == []:
        return None
    return _CHECKS[FieldType(field.type)](field, value)


def _text(field: CustomField, value: Any) -> str | None:
    if not isinstance(value, str) or len(value) > TEXT_MAX:
        raise ValueError(f"Write a text of up to {TEXT_MAX} signs.")
    return value.strip() or None


def _number(field: CustomField, value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("Write a number.")
    if abs(value) > 1e15:
        raise ValueError("This number is too large.")
    return value


def _date(field: CustomField, value: Any) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise ValueError("Write a date such as 2026-03-31.") from None


def _choice(field: CustomField, value: Any) -> str:
    if not isinstance(value, str) or value not in field.choices:
        raise ValueError("Choose one of the choices.")
    return value


def _multi(field: CustomField, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError("Choose some of the choices.")
    if set(value) - set(field.choices):
        raise ValueError("Choose some of the choices.")
    return [one for one in field.choices if one in value]


def _boolean(field: CustomField, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("Say yes or no.")
    return value


def _url(field: CustomField, value: Any) -> str:
    text = value.strip() if isinstance(value, str) else ""
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc or len(text) > TEXT_MAX:
        raise ValueError("Write an address that begins with https://.")
    return text


_CHECKS: dict[FieldType, Callable[[CustomField, Any], Any]] = {
    FieldType.TEXT: _text,
    FieldType.NUMBER: _number,
    FieldType.DATE: _date,
    FieldType.CHOICE: _choice,
    FieldType.MULTI: _multi,
    FieldType.BOOLEAN: _boolean,
    FieldType.URL: _url,
}
