"""Files up and down: streamed, limited in size, from known hosts only, and compared with their checksum."""

import base64
import binascii
import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, BinaryIO
from urllib.parse import quote, urlsplit

from django.conf import settings

from helpdesk import http
from tickets.models import Attachment, Connection
from tickets.transport import FileStream, TransportError
from whatsapp.cloud_api import graph
from whatsapp.cloud_api.limits import INBOUND_MAX
from whatsapp.models import App


def upload(connection: Connection, attachment: Attachment, file: BinaryIO) -> dict[str, Any]:
    """Give Graph the file; it keeps it for 30 days. Repeating this is harmless."""
    name = attachment.name or f"file.{attachment.mime.split('/')[-1].split(';')[0]}"
    answer = graph.call(
        connection,
        "POST",
        f"{connection.credentials['phone_number_id']}/media",
        data={"messaging_product": "whatsapp", "type": attachment.mime},
        files={"file": (name, file, attachment.mime)},
        timeout=graph.UPLOAD_SECONDS,
    )
    if not isinstance(answer.get("id"), str):
        raise TransportError("WhatsApp answered without a file id.", permanent=False, code="bad_answer")
    return {"media_id": answer["id"]}


@contextmanager
def download(connection: Connection, remote: dict[str, Any]) -> Iterator[FileStream]:
    """Open a file that a customer sent. Its address lives five minutes, so a 404 asks for a new one, once."""
    app = graph.app_for(connection)
    with ExitStack() as opened:
        found = _look_up(connection, remote)
        reply = _open(opened, app, connection, found)
        if reply.status_code == 404:
            found = _look_up(connection, remote)
            reply = _open(opened, app, connection, found)
        if reply.status_code != 200:
            raise _refused(reply.status_code)
        size = _size(reply, found)
        if size is not None and size > INBOUND_MAX:
            raise TransportError("The file is too big.", permanent=True, code="too_big")
        mime = str(found.get("mime_type") or reply.headers.get("content-type", ""))
        expected = {_digest(remote.get("sha256")), _digest(found.get("sha256"))} - {b""}
        yield FileStream(_checked(reply, expected), mime, size)


def _look_up(connection: Connection, remote: dict[str, Any]) -> dict[str, Any]:
    number = quote(str(connection.credentials["phone_number_id"]), safe="")
    path = f"{quote(str(remote['id']), safe='')}?phone_number_id={number}"
    try:
        return graph.call(connection, "GET", path)
    except TransportError as error:
        if error.permanent and error.code == "request_invalid":  # Graph knows an id for seven days
            raise TransportError("The file has expired.", permanent=True, code="expired") from error
        raise


def _open(opened: ExitStack, app: App, connection: Connection, found: dict[str, Any]) -> http.Response:
    url = str(found.get("url", ""))
    _check_host(url, app)
    try:
        return opened.enter_context(http.stream(url, headers=graph.headers(connection)))
    except http.AddressRefused as error:
        raise TransportError(str(error), permanent=True, code="host_refused") from error
    except http.HTTPError as error:
        raise _unreachable(error) from error


def _check_host(url: str, app: App) -> None:
    """The token goes to WhatsApp's own file servers only. A leading dot allows every host below a name."""
    host = (urlsplit(url).hostname or "").lower()
    for allowed in [*settings.WHATSAPP_MEDIA_HOSTS, *app.media_hosts]:
        if host == allowed or (allowed.startswith(".") and host.endswith(allowed)):
            return
    raise TransportError("The file is on a host that is not allowed.", permanent=True, code="host_refused")


def _checked(reply: http.Response, expected: set[bytes]) -> Iterator[bytes]:
    digest, total = hashlib.sha256(), 0
    try:
        for chunk in reply.iter_bytes():
            total += len(chunk)
            if total > INBOUND_MAX:
                raise TransportError("The file is too big.", permanent=True, code="too_big")
            digest.update(chunk)
            yield chunk
    except http.HTTPError as error:
        raise _unreachable(error) from error
    if expected and digest.digest() not in expected:
        raise TransportError("The file arrived damaged.", permanent=False, code="checksum")


def _digest(text: Any) -> bytes:
    """Webhooks write the checksum in base64, the lookup in hex; blank when it is neither."""
    if not isinstance(text, str):
        return b""
    try:
        raw = bytes.fromhex(text) if len(text) == 64 else base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        return b""
    return raw if len(raw) == 32 else b""


def _size(reply: http.Response, found: dict[str, Any]) -> int | None:
    told = reply.headers.get("content-length") or str(found.get("file_size", ""))
    return int(told) if told.isdigit() else None


def _refused(status: int) -> TransportError:
    gone = status in {404, 410}
    return TransportError(
        f"The file server answered {status}.", permanent=False, code="gone" if gone else "cdn"
    )


def _unreachable(error: Exception) -> TransportError:
    words = f"The file server could not be reached ({type(error).__name__})."
    return TransportError(words, permanent=False, code="unreachable")
