"""One HTTP call to a company's gateway, with its key."""

from typing import Any

import orjson

from helpdesk import http
from tickets.models import Connection


def call(connection: Connection, method: str, path: str, **given: Any) -> http.Response:
    """Raises AddressRefused or an HTTPError."""
    url = f"{connection.credentials['base_url']}/api/{path}"
    return http.request(method, url, headers=headers(connection), **given)


def headers(connection: Connection) -> dict[str, str]:
    return {"X-Api-Key": connection.credentials["api_key"], "Content-Type": "application/json"}


def parsed(reply: http.Response) -> Any:
    try:
        return orjson.loads(reply.content)
    except orjson.JSONDecodeError:
        return None
