"""A document is read: fetched or opened, turned into text, cut into passages. Words find it from then on.

Reading happens outside of transactions, in a worker of its own kind of work; what a reader dies of thrice is left.
"""

import logging
from datetime import timedelta
from urllib.parse import urljoin

from celery import shared_task
from django.db import transaction
from django.utils.timezone import now

from helpdesk import http
from helpdesk.events import publish
from integrations.actions import embedding
from integrations.events import DOCUMENT_UPDATED
from integrations.models import KnowledgeChunk, KnowledgeDocument
from integrations.models.knowledge import Reading, Source
from integrations.reading import kinds
from integrations.reading.blocks import Block, Unreadable, Why
from integrations.reading.cutting import cut
from integrations.reading.languages import language_of
from tenants.scoping import CompanyTask, platform_scope
from tickets.media import files

logger = logging.getLogger(__name__)

MAX_BYTES = 20_000_000
HOPS = 5  # redirects, each of them checked like the first address
STALE = timedelta(minutes=5)
TRIES = 3
SWEEP_LIMIT = 100
HEADERS = {
    "User-Agent": "Helpdesk-Knowledge/1",
    "Accept": "text/html, application/pdf, text/*;q=0.9, */*;q=0.5",
}
_REFUSALS: dict[int, Why] = {
    404: "not_found",
    410: "not_found",
    401: "refused",
    403: "refused",
    451: "refused",
}


@shared_task(base=CompanyTask)
def read(company_id: int, document_id: int) -> None:
    """Read one document, once."""
    document = _begin(document_id)
    if document is None:
        return
    try:
        kind, blocks = _opened(document)
    except Unreadable as error:
        _failed(document_id, error.code)
        return
    _keep(document_id, kind, blocks)
    embedding.embed.nudge(company_id)


@shared_task
def sweep() -> None:
    """Documents whose nudge was lost or whose reader died."""
    with platform_scope("documents of all companies that nobody reads"):
        left = KnowledgeDocument.objects.filter(
            state__in=[Reading.QUEUED, Reading.READING], updated_at__lt=now() - STALE
        )
        for company_id, pk in list(left.values_list("company_id", "pk")[:SWEEP_LIMIT]):
            read.nudge(company_id, pk)


@transaction.atomic
def _begin(document_id: int) -> KnowledgeDocument | None:
    rows = KnowledgeDocument.objects.light().select_for_update(of=("self",))
    document: KnowledgeDocument | None = rows.filter(pk=document_id).first()
    if document is None or document.state not in {Reading.QUEUED, Reading.READING}:
        return None
    if document.state == Reading.READING and document.updated_at > now() - STALE:
        return None  # somebody is at it
    if document.tries >= TRIES:
        _end(document, Reading.FAILED, "gave_up")
        return None
    document.tries += 1
    document.state = Reading.READING
    document.save(update_fields=["state", "tries"])
    publish(DOCUMENT_UPDATED, document, to={"company"})
    return document


def _opened(document: KnowledgeDocument) -> tuple[str, list[Block]]:
    if document.source == Source.URL:
        data, mime = _fetched(document.url)
    else:
        data, mime = _kept(document), "text/markdown" if document.source == Source.TEXT else ""
    kind = kinds.kind_of(data, document.url.split("?")[0] or document.name, mime)
    return kind, kinds.read(data, kind)


def _kept(document: KnowledgeDocument) -> bytes:
    try:
        return files.absolute(document.path).read_bytes()
    except (OSError, ValueError) as error:
        raise Unreadable("lost") from error


def _fetched(url: str) -> tuple[bytes, str]:
    """What an address answers and as what. Every hop passes the guard against private networks."""
    for _ in range(HOPS):
        try:
            answer = http.request("GET", url, headers=HEADERS, timeout=30, max_bytes=MAX_BYTES)
        except http.AddressRefused as error:
            raise Unreadable("refused_address") from error
        except http.HTTPError as error:
            raise Unreadable("too_large" if "larger than" in str(error) else "unreachable") from error
        if answer.status_code not in {301, 302, 303, 307, 308} or "location" not in answer.headers:
            break
        url = urljoin(url, answer.headers["location"])
    if answer.status_code != 200:
        raise Unreadable(_REFUSALS.get(answer.status_code, "unreachable"))
    return answer.content, answer.headers.get("content-type", "").lower()


@transaction.atomic
def _keep(document_id: int, kind: str, blocks: list[Block]) -> None:
    """The new passages in place of the old ones, in one step."""
    rows = KnowledgeDocument.objects.light().select_for_update(of=("self",))
    document: KnowledgeDocument | None = rows.filter(pk=document_id).first()
    if document is None:
        return
    text, pieces = cut(blocks)
    language = document.language or language_of(text, document.company.language[:2])
    KnowledgeChunk.objects.filter(document=document).delete()
    KnowledgeChunk.objects.bulk_create(
        [
            KnowledgeChunk(
                company_id=document.company_id, document=document, position=position, page=piece.page,
                heading=_heading(document.name, piece.heading),
                text=text[piece.start : piece.end], start=piece.start, end=piece.end,
                sector=document.sector, language=language,
            )
            for position, piece in enumerate(pieces)
        ],
        batch_size=2_000,
    )  # fmt: skip
    document.text, document.characters, document.chunk_count = text, len(text), len(pieces)
    document.pages = max((piece.page or 0 for piece in pieces), default=0)
    document.language, document.mime, document.embedded_with = language, kinds.MIMES[kind], ""
    document.read_at = now()
    _end(document, Reading.READY, "")


def _heading(name: str, above: str) -> str:
    """The document's name and the headings above a passage. Many documents repeat their name as the first."""
    rest = above.removeprefix(name).removeprefix(" › ")
    return " › ".join(filter(None, [name, rest]))[:300]


@transaction.atomic
def _failed(document_id: int, reason: str) -> None:
    document = (
        KnowledgeDocument.objects.light().select_for_update(of=("self",)).filter(pk=document_id).first()
    )
    if document is not None:
        _end(document, Reading.FAILED, reason)


def _end(document: KnowledgeDocument, state: Reading, reason: str) -> None:
    document.state, document.reason = state, reason
    document.save()
    publish(DOCUMENT_UPDATED, document, to={"company"})
