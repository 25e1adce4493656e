"""Threads of the API: begun, and gone on with."""

from django.db import transaction
from django.http import Http404

from helpdesk.errors import Refused
from integrations.actions import runs
from integrations.models import Assistant, AssistantRun, AssistantThread
from tenants.models import ApiKey, User


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
