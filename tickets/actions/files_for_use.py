"""Files that queues and menus send again and again: named in their rows, copied into each message."""

from collections.abc import Iterable
from typing import Any

from helpdesk.errors import Invalid
from tickets.models import Attachment
from tickets.models.attachment import State
from tickets.serializers.attachment import AttachmentSerializer

MOST = 10
SHOWN = ("id", "kind", "name", "mime", "size", "url")


def described(ids: Iterable[int]) -> list[dict[str, Any]]:
    """What is kept of these uploads, in this order. Raises Invalid when one is not there."""
    wanted = list(dict.fromkeys(ids))
    if len(wanted) > MOST:
        raise Invalid("too_many_files", f"No more than {MOST} files fit.")
    found = Attachment.objects.filter(message=None, state=State.STORED).in_bulk(wanted) if wanted else {}
    if missing := [pk for pk in wanted if pk not in found]:
        raise Invalid("attachment_unknown", "Upload the file first.", files=missing)
    return [_shown(found[pk]) for pk in wanted]


def ids_of(kept: Iterable[dict[str, Any]]) -> tuple[int, ...]:
    return tuple(int(one["id"]) for one in kept)


def _shown(file: Attachment) -> dict[str, Any]:
    row = AttachmentSerializer(file).data
    return {name: row[name] for name in SHOWN}
