"""A channel on paper: the whole port, which keeps what it is given and answers as a test tells it to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson

from tickets.contents import READERS
from tickets.tests.shelf import Shelf
from tickets.transport import (
    Accepted,
    CannotRender,
    FileStream,
    Health,
    Outcome,
    Outgoing,
    WireRequest,
)


@dataclass
class Post:
    """What left, in order; `answers` are given out one by one, then everything is accepted."""

    sent: list[dict[str, Any]] = field(default_factory=list)
    uploads: list[bytes] = field(default_factory=list)
    read: list[tuple[str, bool]] = field(default_factory=list)
    blocked: list[tuple[int, list[str], bool]] = field(default_factory=list)
    block_error: Exception | None = None
    forgotten: list[tuple[int, list[str]]] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    before_submit: Callable[[], None] | None = None
    after_submit: Callable[[], None] | None = None
    download_error: Exception | None = None
    upload_error: Exception | None = None
    kinds: frozenset[str] = frozenset(READERS) | {"reaction", "correction", "removal"}

    @property
    def bodies(self) -> list[str]:
        return [one["body"] for one in self.sent]


post = Post()
shelf = Shelf()


class Paper:
    """Stateless as every transport; what happened is in `post`."""

    has_window = True
    templates = shelf
    limits: dict[str, dict[str, int]] = {}

    @property
    def kinds(self) -> frozenset[str]:
        return post.kinds

    def check_outgoing(self, message: Any, attachments: list[Any]) -> None:
        if len(message.body) > 4096:
            raise CannotRender("text_too_long", "A text has at most 4096 characters.")

    def render(self, connection: Any, outgoing: Outgoing) -> WireRequest:
        if outgoing.message.body == "cannot be rendered":
            raise CannotRender("not_expressible", "There is no such thing on paper.")
        return WireRequest(
            "/messages",
            orjson.dumps(
                {
                    "to": [address.value for address in outgoing.addresses],
                    "kind": outgoing.message.kind,
                    "body": outgoing.message.body,
                    "cookie": outgoing.cookie,
                    "reply_to": outgoing.reply_to,
                    "files": [remote for _, remote in outgoing.files],
                    "content": outgoing.message.content,
                    "reaction": outgoing.reaction,
                    "change": outgoing.change,
                }
            ),
        )

    def submit(self, connection: Any, request: WireRequest) -> Outcome:
        if post.before_submit:
            post.before_submit()
        answer = post.answers.pop(0) if post.answers else None
        if answer is None or isinstance(answer, Accepted):
            post.sent.append(orjson.loads(request.body))
        if post.after_submit:
            post.after_submit()
        if isinstance(answer, BaseException):
            raise answer
        return answer or Accepted(f"paper.{len(post.sent)}")

    def upload(self, connection: Any, attachment: Any, file: Any) -> dict[str, Any]:
        if post.upload_error:
            raise post.upload_error
        post.uploads.append(file.read())
        return {"media_id": f"file.{len(post.uploads)}"}

    @contextmanager
    def download(self, connection: Any, remote: dict[str, Any]) -> Iterator[FileStream]:
        if post.download_error:
            raise post.download_error
        content = post.files[remote["id"]]
        yield FileStream(iter([content]), remote.get("mime", ""), len(content))

    def mark_read(self, connection: Any, provider_id: str, *, typing: bool = False) -> None:
        post.read.append((provider_id, typing))

    def block(self, connection: Any, addresses: Any, *, blocked: bool) -> None:
        if post.block_error:
            raise post.block_error
        post.blocked.append((connection.pk, [address.value for address in addresses], blocked))

    def forget(self, connection: Any, addresses: Any) -> None:
        post.forgotten.append((connection.pk, [address.value for address in addresses]))

    def inspect(self, connection: Any) -> Health:
        return Health(())

    def normalise_credentials(self, given: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
        return {**known, **given}

    def describe(self, connection: Any) -> dict[str, Any]:
        webhook = {"url": "", "verify_token": ""}
        credentials = {
            "phone_number_id": "", "waba_id": "", "app_id": "", "graph_version": "", "api_root": "",
            "has_access_token": False, "has_app_secret": False,
        }  # fmt: skip
        return {"webhook": webhook, "credentials": credentials}
