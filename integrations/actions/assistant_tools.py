"""A company's own HTTP tools: declared, changed, hidden, tried out."""

import re
from copy import copy
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.timezone import now

from helpdesk import http
from helpdesk.constraints import unless_taken
from helpdesk.errors import Invalid, Refused
from integrations.actions import assistants
from integrations.models import AssistantTool
from integrations.tools.registry import TOOLS
from tenants.actions import audit

MOST = 50
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def create(*, by: audit.Actor, **fields: Any) -> AssistantTool:
    """A new tool; its name stays."""
    _check(AssistantTool(**fields))
    _check_address(fields["url"])
    return _create(by=by, **fields)


def update(tool: AssistantTool, *, by: audit.Actor, **fields: Any) -> AssistantTool:
    """Change what is given. A header that is given as null keeps the value it has."""
    if fields.get("url", tool.url) != tool.url:
        _check(_changed(copy(tool), fields))
        _check_address(fields["url"])
    return _update(tool, by=by, **fields)


@transaction.atomic
def _create(*, by: audit.Actor, **fields: Any) -> AssistantTool:
    if AssistantTool.objects.live().count() >= MOST:
        raise Refused("tools_full", f"A company can have {MOST} tools.")
    tool = AssistantTool(**fields)
    _save(tool)
    _record("assistant_tool.created", tool, by)
    return tool


@transaction.atomic
def _update(tool: AssistantTool, *, by: audit.Actor, **fields: Any) -> AssistantTool:
    tool = AssistantTool.objects.locked(tool.pk)
    _refuse_to_move_secrets(tool, fields)
    tool = _changed(tool, fields)
    _check(tool)
    _save(tool)
    assistants.renew_users_of(tool)
    _record("assistant_tool.updated", tool, by)
    return tool


@transaction.atomic
def delete(tool: AssistantTool, *, by: audit.Actor) -> AssistantTool:
    """Hide it: assistants that have it go on without."""
    tool = AssistantTool.objects.locked(tool.pk)
    if not tool.is_deleted:
        tool.deleted_at = now()
        tool.save(update_fields=["deleted_at"])
        assistants.renew_users_of(tool)
        _record("assistant_tool.deleted", tool, by)
    return tool


@transaction.atomic
def restore(tool: AssistantTool, *, by: audit.Actor) -> AssistantTool:
    """Bring it back. Refused when its name was given away."""
    tool = AssistantTool.objects.locked(tool.pk)
    if tool.is_deleted:
        tool.deleted_at = None
        _save(tool)
        assistants.renew_users_of(tool)
        _record("assistant_tool.restored", tool, by)
    return tool


def _refuse_to_move_secrets(tool: AssistantTool, fields: dict[str, Any]) -> None:
    """A header goes to the host it was typed for and to no other: whoever may change a tool may not read it."""
    if urlsplit(fields.get("url", tool.url)).netloc == urlsplit(tool.url).netloc:
        return
    if any(value is None for value in fields.get("headers", dict.fromkeys(tool.headers)).values()):
        why = "The headers belong to the old host. Type their values again."
        raise Invalid("headers_needed", why, url=[why])


def _changed(tool: AssistantTool, fields: dict[str, Any]) -> AssistantTool:
    for name, value in fields.items():
        if name != "name":
            setattr(tool, name, _kept(tool.headers, value) if name == "headers" else value)
    return tool


def _kept(had: dict[str, str], given: dict[str, str | None]) -> dict[str, str]:
    return {name: had.get(name, "") if value is None else value for name, value in given.items()}


def _check(tool: AssistantTool) -> None:
    """Raises Invalid. Placeholders stand in the path or the query only, so no value decides who is called."""
    if tool.name in TOOLS:
        raise Invalid("invalid", "This name is taken by a tool of ours.", name=["Choose another name."])
    names = [one["name"] for one in tool.arguments]
    if len(names) != len(set(names)):
        raise Invalid("invalid", "Each argument has a name of its own.", arguments=["A name occurs twice."])
    placed = {one["name"] for one in tool.arguments if one["place"] == "url"}
    found = set(_PLACEHOLDER.findall(tool.url))
    if placed != found:
        odd = ", ".join(sorted(placed ^ found))
        raise Invalid("invalid", "Address and arguments do not match.", url=[f"Check {{{odd}}}."])
    try:
        parts = urlsplit(tool.url)
    except ValueError as error:
        raise Invalid("address_refused", "This address cannot be used.", url=[str(error)]) from error
    if _PLACEHOLDER.search(parts.scheme + parts.netloc):
        raise Invalid("invalid", "The host must be fixed.", url=["No placeholder before the path."])
    if parts.username or parts.password:
        raise Invalid("invalid", "Put secrets into headers.", url=["No password in the address."])
    for one in tool.arguments:
        if one["type"] == "enum" and not one.get("choices"):
            raise Invalid("invalid", "A choice needs its choices.", arguments=[one["name"]])


def _check_address(url: str) -> None:
    """Not in a transaction: a name's address may take a while to be known."""
    try:
        http.check_address(_PLACEHOLDER.sub("0", url))
    except http.AddressRefused as error:
        raise Invalid("address_refused", "This address cannot be used.", url=[str(error)]) from error
    except http.HTTPError:
        return  # its name resolves later, perhaps; each call is checked again


def _save(tool: AssistantTool) -> None:
    taken = Refused("tool_name_taken", "Another tool has this name.", name=[tool.name])
    with unless_taken({"ai_tool_name_once": lambda: taken}):
        tool.save()


def _record(what: str, tool: AssistantTool, by: audit.Actor) -> None:
    audit.record(what, actor=by, target=f"assistant_tool:{tool.pk}", data={"name": tool.name})
