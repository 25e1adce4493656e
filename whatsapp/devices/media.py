"""Files of linked devices: encrypted on WhatsApp's servers, with a key that came in the message itself.

So the worker fetches them without the device: also while it is offline, or after it was logged out.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.padding import PKCS7
from django.conf import settings

from helpdesk import http
from tickets.transport import FileStream, TransportError

LARGEST = 100 * 1024 * 1024
MAC_BYTES, BLOCK_BYTES, PIECE = 10, 16, 64 * 1024
HOST = "https://mmg.whatsapp.net"
_PURPOSE = {
    "image": b"WhatsApp Image Keys", "sticker": b"WhatsApp Image Keys", "video": b"WhatsApp Video Keys",
    "audio": b"WhatsApp Audio Keys", "document": b"WhatsApp Document Keys",
    "history": b"WhatsApp History Keys",
}  # fmt: skip


@contextmanager
def download(remote: dict[str, Any]) -> Iterator[FileStream]:
    """Open a file that a customer sent: what comes out is decrypted and was not changed on its way."""
    size = int(str(remote.get("fileLength") or 0)) if str(remote.get("fileLength") or 0).isdigit() else 0
    if size > LARGEST:
        raise TransportError("The file is too big.", permanent=True, code="too_big")
    with ExitStack() as opened:
        try:
            reply = opened.enter_context(http.stream(_url(remote)))
        except http.AddressRefused as error:
            raise TransportError(str(error), permanent=True, code="host_refused") from error
        except http.HTTPError as error:
            raise _unreachable(error) from error
        if reply.status_code in {403, 404, 410}:  # kept for some weeks
            raise TransportError("The file has expired.", permanent=True, code="expired")
        if reply.status_code != 200:
            words = f"The file server answered {reply.status_code}."
            raise TransportError(words, permanent=False, code="cdn")
        plain = decrypted(_pieces(reply), remote)
        yield FileStream(plain, str(remote.get("mimetype", "")), size or None)


def decrypted(pieces: Iterator[bytes], remote: dict[str, Any]) -> Iterator[bytes]:
    """The clear pieces. The last one comes only when the seal over all of them is right."""
    iv, key, mac_key = keys(_bytes(remote.get("mediaKey")), str(remote.get("kind", "")))
    seal, digest = hmac.new(mac_key, iv, hashlib.sha256), hashlib.sha256()
    cipher = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    padding = PKCS7(BLOCK_BYTES * 8).unpadder()
    held = b""
    for piece in pieces:
        held += piece
        ready, held = held[:-MAC_BYTES], held[-MAC_BYTES:]
        seal.update(ready)
        clear = padding.update(cipher.update(ready))
        digest.update(clear)
        if clear:
            yield clear
    if not hmac.compare_digest(seal.digest()[:MAC_BYTES], held):
        raise _damaged()
    try:
        last = padding.update(cipher.finalize()) + padding.finalize()
    except ValueError as error:
        raise _damaged() from error
    digest.update(last)
    wanted = _bytes(remote.get("fileSHA256"))
    if wanted and digest.digest() != wanted:
        raise _damaged()
    yield last


def keys(media_key: bytes, kind: str) -> tuple[bytes, bytes, bytes]:
    """The start value, the cipher's key and the seal's key of one file."""
    purpose = _PURPOSE.get(kind)
    if len(media_key) != 32 or purpose is None:
        raise TransportError("The file has no key.", permanent=True, code="refused")
    wide = HKDF(algorithm=hashes.SHA256(), length=112, salt=None, info=purpose).derive(media_key)
    return wide[:16], wide[16:48], wide[48:80]


def _url(remote: dict[str, Any]) -> str:
    path = str(remote.get("directPath") or "")
    url = str(remote.get("URL") or "") or f"{HOST}{path}"
    if path.startswith("/") and not (urlsplit(url).hostname or "").endswith("whatsapp.net"):
        url = url if settings.WHATSAPP_MEDIA_HOSTS and _allowed(url) else f"{HOST}{path}"
    if not _allowed(url):
        raise TransportError(
            "The file is on a host that is not allowed.", permanent=True, code="host_refused"
        )
    return url


def _allowed(url: str) -> bool:
    host = (urlsplit(url).hostname or "").lower()
    allowed = settings.WHATSAPP_MEDIA_HOSTS
    return any(host == one or (one.startswith(".") and host.endswith(one)) for one in allowed)


def _pieces(reply: http.Response) -> Iterator[bytes]:
    total = 0
    try:
        for piece in reply.iter_bytes(PIECE):
            total += len(piece)
            if total > LARGEST + PIECE:
                raise TransportError("The file is too big.", permanent=True, code="too_big")
            yield piece
    except http.HTTPError as error:
        raise _unreachable(error) from error


def _bytes(text: Any) -> bytes:
    try:
        return base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except (ValueError, binascii.Error):
        return b""


def _damaged() -> TransportError:
    return TransportError("The file arrived damaged.", permanent=False, code="checksum")


def _unreachable(error: Exception) -> TransportError:
    words = f"The file server could not be reached ({type(error).__name__})."
    return TransportError(words, permanent=False, code="unreachable")
