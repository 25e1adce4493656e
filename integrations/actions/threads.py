"""Threads of the API: begun, read, given files, ended."""

from typing import Any

from django.db import transaction
from django.http import Http404

from helpdesk.errors import Invalid, Refused, TooLarge
from integrations.actions import runs
from integrations.models import Assistant, AssistantRun, AssistantThread, ThreadFile
from tenants.models import ApiKey, User

LARGEST = 10_000_000  # bytes of a document
LARGEST_PICTURE = 4_000_000
LONGEST = 400_000  # signs of a document's text
MOST_FILES = 20
PICTURES = {"image/png", "image/jpeg", "image/webp"}


def begin(
    assistant: Assistant, *, title: str = "", user: User | None, api_key: ApiKey | None
) -> AssistantThread:
    """An empty thread of this person or this key."""
    if assistant.is_deleted:
        raise Refused("assistant_deleted", "This assistant is deleted. Restore it first.")
    thread: AssistantThread = AssistantThread.objects.create(
        assistant=assistant, title=title, user=user, api_key=None if user else api_key
    )
    return thread


@transaction.atomic
def say(
    assistant: Assistant,
    *,
    thread_id: int | None,
    message: str,
    file_ids: list[int],
    tools: list[str],
    user: User | None,
    api_key: ApiKey | None,
) -> AssistantRun:
    """The next message of a thread, or the first of a new one."""
    if thread_id is None:
        thread = begin(assistant, title=message.strip()[:120], user=user, api_key=api_key)
    else:
        mine = AssistantThread.objects.of(user=user, api_key=api_key).select_related("assistant")
        found = mine.filter(pk=thread_id, assistant=assistant).first()
        if found is None:
            raise Http404
        thread = found
    return runs.chat(thread, message=message, file_ids=file_ids, tools=tools, user=user, api_key=api_key)


def add_file(thread: AssistantThread, file: Any) -> ThreadFile:
    """A document's text or a picture, for the questions that follow. Raises Invalid for other kinds."""
    if thread.files.count() >= MOST_FILES:
        raise Refused("thread_full", f"A thread can have {MOST_FILES} files.")
    if file.size > LARGEST:
        raise TooLarge("upload_too_large", "The file is too large.")
    data = file.read()
    name, mime = str(file.name or "file")[-200:], _kind_of(data, str(file.name or ""))
    row = ThreadFile(thread=thread, name=name, mime=mime, size=len(data))
    if mime in PICTURES:
        if len(data) > LARGEST_PICTURE:
            raise TooLarge("upload_too_large", "The picture is too large.")
        row.picture = data
    else:
        row.text = _text_of(mime, name, data)
    row.save()
    return row
