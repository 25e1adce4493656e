"""Files that are used again and again: kept beside their quick reply or schedule, copied into each message."""

import os
import shutil
import uuid
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db import transaction

from helpdesk.errors import Invalid, Refused
from tenants.models import User
from tenants.scoping import current_company_id
from tickets.media import files
from tickets.models import Attachment
from tickets.models.attachment import State
from tickets.models.kept_file import KeptFile

MOST = 10  # a message takes no more at once
COPIED = (
    "kind", "name", "mime", "size", "sha256", "is_voice", "duration", "waveform", "width", "height",
    "pages",
)  # fmt: skip
PATHS = ("path", "playable_path", "thumbnail_path")


def keep(ids: Iterable[int], *, by: User | None, **owner: Any) -> None:
    """These files in this order and no others. Each is an upload of the caller or already kept by `owner`."""
    owner.setdefault("is_header", False)
    wanted = list(dict.fromkeys(ids))
    if len(wanted) > MOST:
        raise Invalid("too_many_files", f"No more than {MOST} files fit.")
    had = {kept.attachment_id: kept for kept in KeptFile.objects.filter(**owner).select_related("attachment")}
    _let_go([kept for pk, kept in had.items() if pk not in wanted])
    fresh = _uploads([pk for pk in wanted if pk not in had], by)
    for position, pk in enumerate(wanted):
        if pk in had:
            KeptFile.objects.filter(pk=had[pk].pk).update(position=position)
        else:
            KeptFile.objects.create(attachment=fresh[pk], position=position, **owner)


def of(**owner: Any) -> list[Attachment]:
    """The files in order; `is_header=True` asks for those of a template's header."""
    owner.setdefault("is_header", False)
    kept = KeptFile.objects.filter(**owner).select_related("attachment").order_by("position", "id")
    return [one.attachment for one in kept]


def copy_of(original: Attachment, *, by: User | None) -> Attachment:
    """The same file as an upload of its own. The bytes are shared on the disk; deleting one leaves the other."""
    if original.state != State.STORED:
        raise Refused("file_not_here", "This file is not on the server.")
    file_id = uuid.uuid4()
    folder = files.new_folder(current_company_id(), file_id)
    try:
        paths = {part: _linked(getattr(original, part), folder) for part in PATHS}
        same = {name: getattr(original, name) for name in COPIED}
        copy: Attachment = Attachment.objects.create(
            uuid=file_id, uploaded_by=by, state=State.STORED, remote=_known_to(original), **same, **paths
        )
    except FileNotFoundError as error:
        files.remove_folder(folder)
        raise Refused("file_not_here", "This file is no longer on the server.") from error
    except BaseException:
        files.remove_folder(folder)
        raise
    return copy


def _let_go(kept: list[KeptFile]) -> None:
    paths = [one.attachment.path for one in kept]
    for one in kept:
        one.attachment.delete()

    def forget() -> None:
        for path in paths:
            files.remove_folder_of(path)

    transaction.on_commit(forget, robust=True)


def _uploads(ids: list[int], by: User | None) -> dict[int, Attachment]:
    rows = Attachment.objects.filter(
        pk__in=ids, state=State.STORED, uploaded_by=by, message=None, kept=None
    ).exclude(path="")
    found = {row.pk: row for row in rows.select_for_update(of=("self",))}
    if len(found) != len(ids):
        raise Invalid("attachment_unknown", "Upload the file first; each upload belongs to who made it.")
    return found


def _linked(path: str, folder: Path) -> str:
    if not path:
        return ""
    source = files.absolute(path)
    target = files.new_path(folder, source.suffix)
    with suppress(OSError):  # another file system, or one without links
        os.link(source, target)
        return files.relative(target)
    shutil.copy2(source, target)
    return files.relative(target)


def _known_to(original: Attachment) -> dict[str, Any]:
    """What the provider already has need not be uploaded again; the handle of a received file is no use."""
    return dict(original.remote) if "media_id" in original.remote else {}
