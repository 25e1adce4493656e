"""Templates at Graph: read page by page, given for review, deleted, with examples of their headers' files."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tickets import template_parts
from tickets.media import files
from tickets.models import Attachment, Connection, Template
from tickets.template_book import Known, Submitted
from tickets.transport import TransportError
from whatsapp.cloud_api import graph, template_rules
from whatsapp.cloud_api.foreign import items, line_of, mapping, storable, text

PAGE, MOST_PAGES = 100, 100
READ = "id,name,language,status,category,components,parameter_format,quality_score,rejected_reason"
STATUSES = {
    "APPROVED": "approved", "PENDING": "pending", "REJECTED": "rejected", "PAUSED": "paused",
    "DISABLED": "disabled", "IN_APPEAL": "appeal", "LOCKED": "locked", "LIMIT_EXCEEDED": "limited",
    "ARCHIVED": "archived", "PENDING_DELETION": "deleting", "DELETED": "deleting",
    # Events that are no status of their own
    "REINSTATED": "approved", "UNARCHIVED": "approved", "FLAGGED": "approved",
}  # fmt: skip
CATEGORIES = {"UTILITY": "utility", "MARKETING": "marketing", "AUTHENTICATION": "authentication"}
QUALITIES = {"GREEN": "green", "YELLOW": "yellow", "RED": "red", "UNKNOWN": ""}
NO_REASON = {"", "NONE", "NO_REASON"}


class TemplateShelf:
    """The Cloud API's part of `tickets.template_book`."""

    def account(self, connection: Connection) -> str:
        return str(connection.credentials.get("waba_id", ""))

    def read(self, connection: Connection) -> Iterator[Known]:
        path: str | None = f"{_account(connection)}/message_templates?fields={READ}&limit={PAGE}"
        for _ in range(MOST_PAGES):
            answer = graph.call(connection, "GET", str(path))
            for row in items(answer.get("data")):
                if (known := known_of(row)) is not None:
                    yield known
            paging = mapping(answer.get("paging"))
            after = text(mapping(paging.get("cursors")).get("after"))
            if not after or not paging.get("next"):
                return
            path = f"{_account(connection)}/message_templates?fields={READ}&limit={PAGE}&after={quote(after, safe='')}"

    def check(self, template: Template, components: list[Any]) -> None:
        template_rules.check(template, components)

    def submit(self, connection: Connection, template: Template, components: list[Any]) -> Submitted:
        words = _with_examples(connection, template, components)
        if template.is_known:
            graph.post_json(connection, quote(template.provider_id, safe=""), {"components": words})
            return Submitted(template.provider_id, "pending", template.category)
        body = {
            "name": template.name,
            "language": template.language,
            "category": template.category.upper(),
            "parameter_format": template.format.upper(),
            "components": words,
        }
        answer = graph.post_json(connection, f"{_account(connection)}/message_templates", body)
        found = answer.get("id")
        if not isinstance(found, str) or not found:
            raise TransportError(
                "WhatsApp answered without a template id.", permanent=False, code="bad_answer"
            )
        status = STATUSES.get(text(answer.get("status")).upper(), "pending")
        return Submitted(found[:64], status, CATEGORIES.get(text(answer.get("category")).upper(), ""))

    def remove(self, connection: Connection, template: Template) -> None:
        """Only this language: the name alone would delete all of them."""
        name, number = quote(template.name, safe=""), quote(template.provider_id, safe="")
        path = f"{_account(connection)}/message_templates?name={name}&hsm_id={number}"
        graph.call(connection, "DELETE", path)


def known_of(row: Any) -> Known | None:
    """One row of Graph's list; None when it makes no sense, or is gone already."""
    given = mapping(row)
    name, language = line_of(given.get("name"), 512), line_of(given.get("language"), 20)
    number = line_of(given.get("id"), 64)
    status = text(given.get("status")).upper()
    if not (name and language and number) or status == "DELETED":
        return None
    reason = line_of(given.get("rejected_reason"), 60).upper()
    quality = text(mapping(given.get("quality_score")).get("score")).upper()
    is_named = text(given.get("parameter_format")).upper() == "NAMED"
    return Known(
        provider_id=number,
        name=name,
        language=language,
        category=CATEGORIES.get(text(given.get("category")).upper(), "utility"),
        status=STATUSES.get(status, "pending"),
        format="named" if is_named else "positional",
        components=[storable(one) for one in items(given.get("components")) if isinstance(one, dict)],
        reason="" if reason in NO_REASON else reason,
        quality=QUALITIES.get(quality, ""),
    )


def _account(connection: Connection) -> str:
    return quote(str(connection.credentials.get("waba_id", "")), safe="")


def _with_examples(connection: Connection, template: Template, components: list[Any]) -> list[Any]:
    """The words with a file for each header that is one: Meta's reviewers want to see it."""
    words = copy.deepcopy(components)
    kept = [one.attachment for one in template.files.select_related("attachment").order_by("position", "id")]
    headers = [template_parts.part(block, "header") for block in [words, *template_parts.cards_of(words)]]
    wanted = [one for one in headers if str(one.get("format", "")).lower() in template_parts.MEDIA]
    for header, file in zip(wanted, kept, strict=False):
        header["example"] = {"header_handle": [_handle(connection, file)]}
    return words


def _handle(connection: Connection, file: Attachment) -> str:
    """Two steps: announce the file to the app, then give its bytes."""
    path = files.absolute(file.path)
    announced = graph.call(
        connection, "POST",
        f"{graph.app_for(connection).app_id}/uploads?file_name={quote(file.name or 'file', safe='')}"
        f"&file_length={path.stat().st_size}&file_type={quote(file.mime.split(';')[0], safe='')}",
    )  # fmt: skip
    session = text(announced.get("id"))
    if not session:
        raise TransportError("WhatsApp did not open an upload.", permanent=False, code="bad_answer")
    return _given(connection, session, path)


def _given(connection: Connection, session: str, path: Path) -> str:
    token = connection.credentials["access_token"]
    answer = graph.call(
        connection, "POST", quote(session, safe=":?=&."),
        content=path.read_bytes(), timeout=graph.UPLOAD_SECONDS,
        headers={"Authorization": f"OAuth {token}", "file_offset": "0"},
    )  # fmt: skip
    handle = text(answer.get("h"))
    if not handle:
        raise TransportError("WhatsApp did not keep the file.", permanent=False, code="bad_answer")
    return handle
