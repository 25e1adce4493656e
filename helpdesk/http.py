"""The only way out: one HTTP client with time and size limits, and no way into private networks."""

import functools
import ipaddress
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any
from urllib.parse import urlsplit

import httpcore
import httpx
from django.conf import settings

TIMEOUT = httpx.Timeout(connect=3, read=20, write=10, pool=2)

TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # IPv4 in IPv6 clothes, private ones too

Response = httpx.Response
Request = httpx.Request
HTTPError = httpx.HTTPError
TimedOut = httpx.TimeoutException
InvalidURL = httpx.InvalidURL
# Raised before the first byte of the request left: the other side cannot have acted on it.
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class AddressRefused(Exception):
    """The host is, or resolves to, an address inside a private network."""


@functools.cache
def client() -> httpx.Client:
    """One client per process: connections are kept, proxies and redirects are not followed."""
    limits = httpx.Limits(max_connections=100, max_keepalive_connections=50)
    transport = httpx.HTTPTransport(limits=limits, trust_env=False)
    transport._pool._network_backend = CheckedAddresses()  # httpx passes none through
    return httpx.Client(timeout=TIMEOUT, transport=transport, trust_env=False, follow_redirects=False)


class CheckedAddresses(httpcore.SyncBackend):
    """Connects to the very address that was checked: a name may point elsewhere when it is asked again."""

    def connect_tcp(self, host: str, port: int, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        allowed = settings.PRIVATE_HOSTS_ALLOWED
        if host in allowed or f"{host}:{port}" in allowed:
            return super().connect_tcp(host, port, *args, **kwargs)
        *others, last = sorted(_public(host, port), key=lambda address: ":" not in address)
        for address in others:
            try:
                return super().connect_tcp(address, port, *args, **kwargs)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return super().connect_tcp(last, port, *args, **kwargs)


def check_address(url: str) -> None:
    """Refuse anything but public http(s) addresses, save the hosts that the operator allowed.

    Raises AddressRefused. `PRIVATE_HOSTS_ALLOWED` lists host names or host:port pairs for local servers.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError as error:
        raise AddressRefused("This is no address.") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise AddressRefused(f"Only http and https addresses are allowed, not {parts.scheme or 'none'}.")
    allowed = settings.PRIVATE_HOSTS_ALLOWED
    if parts.hostname in allowed or parts.netloc in allowed:
        return
    _public(parts.hostname, port)


def _public(host: str, port: int) -> set[str]:
    """The addresses behind a name, when every one of them is of the public internet."""
    addresses = _resolve(host, port)
    for address in map(ipaddress.ip_address, addresses):
        if not address.is_global or address.is_multicast or address in TRANSLATED:
            raise AddressRefused("The address points into a private network.")
    return addresses


def _resolve(host: str, port: int) -> set[str]:
    try:
        return {str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except UnicodeError as error:  # empty or over-long between its dots
        raise AddressRefused("This is no host name.") from error
    except OSError as error:
        raise httpx.ConnectError(f"The host name cannot be resolved: {error}") from error


def request(
    method: str,
    url: str,
    *,
    headers: dict[str, str] | None = None,
    content: bytes | Iterable[bytes] | None = None,
    files: dict[str, tuple[str, IO[bytes] | bytes, str]] | None = None,
    data: dict[str, str] | None = None,
    timeout: float | None = None,
    max_bytes: int = 4_000_000,
) -> Response:
    """One request, one answer read up to `max_bytes`. Raises AddressRefused or an HTTPError.

    `timeout` is also what the whole body may take: who sends a byte now and then is given up as well.
    """
    check_address(url)
    chosen = TIMEOUT if timeout is None else httpx.Timeout(timeout, connect=min(3, timeout))
    with client().stream(
        method, url, headers=headers, content=content, files=files, data=data, timeout=chosen
    ) as reply:
        body = b""
        ends = None if timeout is None else time.monotonic() + timeout
        for chunk in reply.iter_bytes():
            body += chunk
            if ends is not None and time.monotonic() > ends:
                raise httpx.ReadTimeout("The answer takes too long.", request=reply.request)
            if len(body) > max_bytes:
                raise httpx.ReadError(f"The answer is larger than {max_bytes} bytes.", request=reply.request)
        return Response(reply.status_code, headers=_plain(reply.headers), content=body, request=reply.request)


@functools.cache
def library_client(max_bytes: int = 32_000_000) -> httpx.Client:
    """A client to hand to somebody else's library: the same way out, with the same limits on every answer.

    The timeout of a request is how long its answer may take altogether, not only how long it may be silent.
    """
    return httpx.Client(
        timeout=TIMEOUT, transport=Limited(max_bytes), trust_env=False, follow_redirects=False
    )


def seconds(altogether: float) -> httpx.Timeout:
    """A timeout for a request through `library_client`."""
    return httpx.Timeout(altogether, connect=min(5, altogether), pool=min(5, altogether))


class Limited(httpx.BaseTransport):
    """Public addresses only; an answer of at most so many bytes that is complete in time."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        limits = httpx.Limits(max_connections=100, max_keepalive_connections=50)
        self.inner = httpx.HTTPTransport(limits=limits, trust_env=False)
        self.inner._pool._network_backend = CheckedAddresses()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        check_address(str(request.url))
        request.headers["Accept-Encoding"] = "identity"  # what is packed grows after it was measured
        seconds = request.extensions.get("timeout", {}).get("read")
        deadline = time.monotonic() + seconds if seconds else None
        reply = self.inner.handle_request(request)
        if reply.headers.get("content-encoding", "identity") != "identity":
            reply.close()
            raise httpx.DecodingError("The answer is packed, though we asked for a plain one.")
        stream = _LimitedStream(reply.stream, self.max_bytes, deadline)
        return httpx.Response(
            reply.status_code, headers=reply.headers, stream=stream, extensions=reply.extensions
        )

    def close(self) -> None:
        self.inner.close()


class _LimitedStream(httpx.SyncByteStream):
    def __init__(self, inner: Any, max_bytes: int, deadline: float | None) -> None:
        self.inner, self.left, self.deadline = inner, max_bytes, deadline

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.inner:
            self.left -= len(chunk)
            if self.left < 0:
                raise httpx.ReadError("The answer is too large.")
            if self.deadline is not None and time.monotonic() > self.deadline:
                raise httpx.ReadTimeout("The answer takes too long.")
            yield chunk

    def close(self) -> None:
        self.inner.close()


@contextmanager
def stream(url: str, *, headers: dict[str, str] | None = None) -> Iterator[Response]:
    """A GET whose body the caller reads in pieces, with its own size limit."""
    check_address(url)
    with client().stream("GET", url, headers=headers) as reply:
        yield reply


def _plain(headers: httpx.Headers) -> dict[str, str]:
    """The body was already decoded, so its old encoding and length no longer describe it."""
    dropped = {"content-encoding", "content-length", "transfer-encoding"}
    return {name: value for name, value in headers.items() if name.lower() not in dropped}
