"""Questions to Graph before there is a connection, or with another token than the connection's own."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from helpdesk import http
from helpdesk.errors import Refused
from tickets.models import Connection
from whatsapp.cloud_api import apps, graph
from whatsapp.cloud_api.errors import words_of
from whatsapp.cloud_api.foreign import mapping
from whatsapp.models import App

UNREACHABLE = -1  # no answer, or none that Graph gives: it may have acted on the question
NOT_ASKED = -2  # not a byte has left


class Said(Exception):
    """Graph said no. `number` is Meta's code, `words` its explanation; neither holds a secret."""

    def __init__(self, number: int, words: str, subcode: int = 0) -> None:
        super().__init__(words)
        self.number = number
        self.words = words
        self.subcode = subcode


@dataclass(frozen=True, slots=True)
class Asker:
    """One Graph, in one version, with one token; the token is in no address and in no representation."""

    root: str
    version: str
    token: str = field(default="", repr=False)

    def get(self, path: str, **query: str) -> dict[str, Any]:
        return self._ask("GET", f"{path}?{urlencode(query)}" if query else path)

    def post(self, path: str, **form: str) -> dict[str, Any]:
        return self._ask("POST", path, data=form)

    def _ask(self, method: str, path: str, **given: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        try:
            reply = http.request(method, f"{self.root}/{self.version}/{path}", headers=headers, **given)
        except http.AddressRefused as error:
            raise Said(NOT_ASKED, str(error)) from error
        except http.NEVER_SENT as error:
            raise Said(NOT_ASKED, f"Meta could not be reached ({type(error).__name__}).") from error
        except http.HTTPError as error:
            raise Said(UNREACHABLE, f"Meta did not answer ({type(error).__name__}).") from error
        body = graph.parsed(reply)
        if reply.status_code == 200 and isinstance(body, dict):
            return body
        told = mapping(mapping(body).get("error"))
        number, subcode = told.get("code"), told.get("error_subcode")
        if not isinstance(number, int):
            raise Said(UNREACHABLE, f"HTTP {reply.status_code} without an error code.")
        raise Said(number, words_of(told), subcode if isinstance(subcode, int) else 0)


def as_business(connection: Connection) -> Asker:
    """With the connection's own token. Raises Refused when it was never completed."""
    app = _app_of(connection)
    token = connection.credentials.get("access_token")
    if not token:
        raise _incomplete()
    return Asker(app.api_root.rstrip("/"), app.graph_version, token)


def as_app(connection: Connection) -> Asker:
    """With the token of the app itself, which its id and secret make up. Raises Refused."""
    app = _app_of(connection)
    if not app.secrets:
        raise _incomplete()
    return Asker(app.api_root.rstrip("/"), app.graph_version, f"{app.app_id}|{app.secrets[0]}")


def _app_of(connection: Connection) -> App:
    app = apps.app_of(connection)
    if app is None:
        raise _incomplete()
    return app


def _incomplete() -> Refused:
    return Refused("not_connected", "The connection has no credentials.")
