"""Documents that a company gives its assistants: kept, read by a job, read again, taken away."""

import io
from typing import IO, Any
from urllib.parse import urlsplit

from django.db import transaction

from helpdesk.errors import Invalid, Refused, TooLarge
from helpdesk.events import Event, publish
from helpdesk.http import AddressRefused, HTTPError, check_address
from integrations.actions import reading
from integrations.events import DOCUMENT_CREATED, DOCUMENT_DELETED, DOCUMENT_UPDATED
from integrations.models import KnowledgeChunk, KnowledgeDocument
from integrations.models.knowledge import Reading, Source
from tenants.actions import audit
from tenants.models import User
from tenants.scoping import current_company_id
from tickets.media import files

MAX_BYTES = 20_000_000
MOST = 5_000  # documents of a company


def add_file(
    content: IO[bytes], name: str, *, by: audit.Actor, user: User | None, **fields: Any
) -> KnowledgeDocument:
    """Keep a file and let it be read. What is in it decides how, not its name."""
    shown = files.clean_name(name) or "file"
    return _keep_file(KnowledgeDocument(source=Source.FILE, name=shown, user=user, **fields), content, by)


def add_text(text: str, name: str, *, by: audit.Actor, user: User | None, **fields: Any) -> KnowledgeDocument:
    """A text that somebody wrote or pasted, as Markdown."""
    document = KnowledgeDocument(source=Source.TEXT, name=name, user=user, **fields)
    return _keep_file(document, io.BytesIO(text.encode()), by)


def add_url(url: str, name: str, *, by: audit.Actor, user: User | None, **fields: Any) -> KnowledgeDocument:
    """A page or file of the public internet. It is fetched by a job, and again when somebody asks."""
    try:
        check_address(url)
    except AddressRefused as error:
        raise Invalid("address_refused", str(error), url=[str(error)]) from error
    except HTTPError:
        pass  # a name that cannot be resolved now: the reader says so on the document
    shown = name or urlsplit(url).hostname or url
    document = KnowledgeDocument(source=Source.URL, name=shown[:200], url=url, user=user, **fields)
    return _keep(document, by=by)


@transaction.atomic
def update(document: KnowledgeDocument, *, by: audit.Actor, **fields: Any) -> KnowledgeDocument:
    """Change its name, sector or language. Another name or language means reading it again."""
    document = KnowledgeDocument.objects.light().locked(document.pk)
    before = (document.name, document.language)
    for name, value in fields.items():
        setattr(document, name, value)
    document.save(update_fields=list(fields))
    if "sector" in fields:
        KnowledgeChunk.objects.filter(document=document).update(sector=document.sector)
    audit.record(
        "knowledge_document.updated", actor=by, target=_target(document), data={"name": document.name}
    )
    if (document.name, document.language) != before and document.state != Reading.READING:
        return reread(document)
    return _tell(DOCUMENT_UPDATED, document)


@transaction.atomic
def reread(document: KnowledgeDocument) -> KnowledgeDocument:
    """Fetch and read it again; what it had serves until then."""
    document = KnowledgeDocument.objects.light().locked(document.pk)
    if document.state == Reading.READING:
        raise Refused("document_being_read", "This document is being read.")
    document.state, document.reason, document.tries = Reading.QUEUED, "", 0
    document.save(update_fields=["state", "reason", "tries"])
    reading.read.nudge(document.company_id, document.pk)
    return _tell(DOCUMENT_UPDATED, document)


@transaction.atomic
def delete(document: KnowledgeDocument, *, by: audit.Actor) -> None:
    """With its file, its text and its passages: what was deleted is cited no more."""
    document = KnowledgeDocument.objects.light().locked(document.pk)
    audit.record(
        "knowledge_document.deleted", actor=by, target=_target(document), data={"name": document.name}
    )
    _tell(DOCUMENT_DELETED, document)
    path = document.path
    KnowledgeDocument.objects.filter(pk=document.pk).delete()
    transaction.on_commit(lambda: files.remove_folder_of(path), robust=True)


def _keep_file(document: KnowledgeDocument, content: IO[bytes], by: audit.Actor) -> KnowledgeDocument:
    folder = files.new_folder(current_company_id(), document.uuid)
    try:
        written = files.write(folder, iter(lambda: content.read(1 << 16), b""), max_bytes=MAX_BYTES)
        document.path, document.size = files.relative(written.path), written.size
        return _keep(document, by=by)
    except files.FileTooBig as error:
        files.remove_folder(folder)
        raise TooLarge("upload_too_large", "The file is too large.") from error
    except Exception:
        files.remove_folder(folder)
        raise


@transaction.atomic
def _keep(document: KnowledgeDocument, *, by: audit.Actor) -> KnowledgeDocument:
    if KnowledgeDocument.objects.count() >= MOST:
        raise Refused("documents_full", f"A company can have {MOST} documents.")
    document.save()
    audit.record(
        "knowledge_document.created", actor=by, target=_target(document), data={"name": document.name}
    )
    reading.read.nudge(document.company_id, document.pk)
    return _tell(DOCUMENT_CREATED, document)


def _target(document: KnowledgeDocument) -> str:
    return f"knowledge_document:{document.pk}"


def _tell(event: Event, document: KnowledgeDocument) -> KnowledgeDocument:
    publish(event, document, to={"company"})
    return document
