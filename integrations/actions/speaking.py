"""What an assistant says becomes a voice note, for customers who speak themselves."""

import logging
import re
import uuid

from helpdesk.errors import Invalid
from integrations.actions import asking
from integrations.ai.port import AiError
from tenants.scoping import current_company_id
from tickets.media import files, prepare
from tickets.media.files import FileTooBig
from tickets.models import Attachment, Ticket
from tickets.models.attachment import State

logger = logging.getLogger(__name__)

LONGEST = 1500  # characters, about two minutes: nobody listens to more
BIGGEST = 16 * 1024 * 1024
_LINK = re.compile(r"https?://|www\.|\S+@\S+\.\w")
_MARKS = re.compile(r"[*_~`]+")


def voice_of(text: str, ticket: Ticket) -> Attachment | None:
    """A voice note that says it, to be sent like any upload. None where it had better be written: it is long, has
    an address in it, or no voice could be made of it. Not in a transaction."""
    said = _MARKS.sub("", text).strip()
    if not said or len(said) > LONGEST or _LINK.search(said):
        return None
    try:
        return _stored(asking.speak(said, ticket=ticket))
    except (AiError, Invalid, FileTooBig) as error:
        extra = {"fields": {"ticket": ticket.pk, "code": getattr(error, "code", "too_big")}}
        logger.warning("answer not spoken", extra=extra)
        return None


def _stored(sound: bytes) -> Attachment:
    file_id = uuid.uuid4()
    folder = files.new_folder(current_company_id(), file_id)
    try:
        written = files.write(folder, [sound], max_bytes=BIGGEST)
        ready = prepare.outgoing(written.path, name="", declared="audio/ogg", voice=True)
        row: Attachment = Attachment.objects.create(uuid=file_id, state=State.STORED, **ready.row())
        if ready.path != written.path:
            written.path.unlink()
    except BaseException:
        files.remove_folder(folder)
        raise
    return row
