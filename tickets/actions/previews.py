"""The first page of PDF documents, drawn after the file is here: nobody waits for it, and none fails with it."""

import logging

from celery import shared_task
from django.db import transaction
from django.db.models import Q

from tenants.scoping import CompanyTask, platform_scope
from tickets.actions import tell
from tickets.media import documents, files
from tickets.models import Attachment, Message
from tickets.models.attachment import State

logger = logging.getLogger(__name__)

PDF = "application/pdf"
WITHOUT = Q(mime=PDF, state=State.STORED, pages=None)
SWEEP_LIMIT = 50


def ask(file: Attachment) -> None:
    """A message's file is here (settings.FILE_STORED)."""
    if file.mime == PDF and file.pages is None:
        draw.nudge(file.company_id, file.pk)


@shared_task(base=CompanyTask)
def draw(company_id: int, attachment_id: int) -> None:
    """Look at one document. A second run finds it taken; one that takes a worker down is not tried again."""
    if not Attachment.objects.filter(WITHOUT, pk=attachment_id).update(pages=0):
        return
    file = Attachment.objects.get(pk=attachment_id)
    try:
        source = files.absolute(file.path)
        target = files.new_path(source.parent, ".webp")
        pages = documents.draw(source, target)
    except (OSError, ValueError) as error:  # the file is gone, or the disk is full
        logger.warning("document not drawn", extra={"fields": {"attachment": file.pk, "error": str(error)}})
        return
    if pages:
        _show(file, pages, files.relative(target) if target.exists() else "")


@shared_task
def sweep() -> None:
    """Find documents whose nudge was lost, the newest first."""
    with platform_scope("documents of all companies whose first page was not drawn"):
        due = Attachment.objects.filter(WITHOUT, message__isnull=False).order_by("-pk")
        for company_id, attachment_id in list(due.values_list("company_id", "pk")[:SWEEP_LIMIT]):
            draw.nudge(company_id, attachment_id)


@transaction.atomic
def _show(file: Attachment, pages: int, thumbnail_path: str) -> None:
    Attachment.objects.filter(pk=file.pk).update(pages=pages, thumbnail_path=thumbnail_path)
    rows = Message.objects.select_related("ticket", "connection").filter(attachments=file.pk)
    message = rows.with_parts().select_for_update(of=("self",)).first()
    if message is not None:  # a person may have taken it back in the meantime
        message.save(update_fields=[])
        tell.message_changed(message)
