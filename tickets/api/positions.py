"""Cursor pages of lists that are not the rows of one table: the position is a short list of plain values."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from helpdesk.errors import Invalid


class CursorQuery(serializers.Serializer[Any]):
    cursor = serializers.CharField(max_length=400, required=False)


def following(request: Request, position: Sequence[Any]) -> str:
    """The address of the page behind this position."""
    packed = urlsafe_b64encode(orjson.dumps(list(position))).decode().rstrip("=")
    return replace_query_param(request.build_absolute_uri(), "cursor", packed)


def position_in(cursor: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """The position of an address that we gave out; `kinds` are the types of its values. Raises Invalid."""
    if not cursor:
        return None
    try:
        values = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return tuple(_as(kind, value) for kind, value in zip(kinds, values, strict=True))
    except (ValueError, TypeError) as error:
        raise Invalid("invalid_cursor", "This page address is not one that we gave out.") from error


def _as(kind: type, value: Any) -> Any:
    if kind is datetime:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError(value)
        return moment
    if type(value) is not kind or (isinstance(value, int) and not 0 <= value < 2**63):
        raise ValueError(value)
    return value
