"""One call to Graph: where it goes, whose token it carries, and what went wrong, without secrets."""

from typing import Any

import orjson

from helpdesk import http
from tickets.models import Connection
from tickets.transport import Refused, TransportError
from whatsapp.cloud_api import errors
from whatsapp.cloud_api.apps import app_of
from whatsapp.models import App

UPLOAD_SECONDS = 120.0


def app_for(connection: Connection) -> App:
    """Raises TransportError when the connection was never completed."""
    app = app_of(connection)
    if app is None or not connection.credentials.get("access_token"):
        raise TransportError("The connection has no credentials.", permanent=True, code="not_connected")
    return app


def headers(connection: Connection) -> dict[str, str]:
    """The token travels here and nowhere else: addresses end up in logs."""
    return {"Authorization": f"Bearer {connection.credentials['access_token']}"}


def call(connection: Connection, method: str, path: str, **given: Any) -> dict[str, Any]:
    """For everything but sending: the answer, or a TransportError with a code of ours."""
    app = app_for(connection)
    try:
        reply = http.request(
            method, app.url(path), headers=headers(connection) | given.pop("headers", {}), **given
        )
    except http.AddressRefused as error:
        raise TransportError(str(error), permanent=True, code="address_refused") from error
    except http.HTTPError as error:
        raise TransportError(_named(error), permanent=False, code="unreachable") from error
    body = parsed(reply)
    if reply.status_code == 200 and isinstance(body, dict):
        return body
    raise refusal(reply, body)


def post_json(connection: Connection, path: str, body: dict[str, Any]) -> dict[str, Any]:
    content = orjson.dumps(body)
    return call(connection, "POST", path, content=content, headers={"Content-Type": "application/json"})


def parsed(reply: http.Response) -> Any:
    """The JSON of an answer; None when it is none."""
    try:
        return orjson.loads(reply.content)
    except orjson.JSONDecodeError:
        return None


def refusal(reply: http.Response, body: Any) -> TransportError:
    outcome = errors.of_answer(reply.status_code, body, reply.headers)
    return TransportError(outcome.detail, permanent=isinstance(outcome, Refused), code=outcome.code)


def _named(error: http.HTTPError) -> str:
    """The kind of failure only: the text of some errors quotes the address."""
    return f"WhatsApp could not be reached ({type(error).__name__})."
