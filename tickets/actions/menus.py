"""Menus: made, changed and removed by administrators. The tree is checked and kept whole."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from helpdesk.constraints import unless_taken
from helpdesk.errors import Invalid, Refused
from helpdesk.events import Event, publish
from tenants.actions import audit
from tenants.models import Membership
from tickets import menus
from tickets.actions import files_for_use
from tickets.events import MENU_CREATED, MENU_DELETED, MENU_UPDATED
from tickets.models import Connection, Menu, Queue

MOST = 100


@transaction.atomic
def create(*, by: audit.Actor, **fields: Any) -> Menu:
    """A new menu. Customers see it once a number uses it."""
    if Menu.objects.count() >= MOST:
        raise Refused("menus_full", f"A company can have {MOST} menus. Delete one that nobody uses.")
    menu = Menu(name=fields["name"], text=fields.get("text", ""))
    menu.options = checked(fields.get("options", []))
    _save(menu)
    audit.record("menu.created", actor=by, target=f"menu:{menu.pk}", data={"name": menu.name})
    return _tell(MENU_CREATED, menu)


@transaction.atomic
def update(menu: Menu, *, by: audit.Actor, **fields: Any) -> Menu:
    """Change what is given; the tree is replaced whole. Customers who are in it go on from where they are."""
    menu = Menu.objects.locked(menu.pk)
    if "options" in fields:
        menu.options = checked(fields.pop("options"))
    for name, value in fields.items():
        setattr(menu, name, value)
    _save(menu)
    audit.record("menu.updated", actor=by, target=f"menu:{menu.pk}", data={"name": menu.name})
    return _tell(MENU_UPDATED, menu)


@transaction.atomic
def delete(menu: Menu, *, by: audit.Actor) -> None:
    """Refused while a number uses it."""
    menu = Menu.objects.locked(menu.pk)
    users = Connection.objects.live().filter(menu=menu).values_list("pk", flat=True)
    if users:
        raise Refused(
            "menu_in_use", "A number uses this menu. Choose another there.", connections=list(users)
        )
    _tell(MENU_DELETED, menu)
    audit.record("menu.deleted", actor=by, target=f"menu:{menu.pk}", data={"name": menu.name})
    menu.delete()


def checked(options: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The tree as it is kept: with keys, with what its files are called, leading only to what is there.

    Raises Invalid, naming the option.
    """
    given = list(options)
    queues = set(Queue.objects.live().values_list("pk", flat=True))
    agents = set(Membership.objects.active().values_list("user_id", flat=True))
    count = sum(1 for _ in menus.every(given))
    if count > menus.MOST_OPTIONS:
        raise Invalid("menu_too_large", f"A menu holds no more than {menus.MOST_OPTIONS} options.")
    return _level(given, queues, agents, set(), depth=1)


def _level(
    options: list[dict[str, Any]], queues: set[int], agents: set[int], keys: set[str], *, depth: int
) -> list[dict[str, Any]]:
    if depth > menus.DEEPEST and options:
        raise Invalid("menu_too_deep", f"A menu has no more than {menus.DEEPEST} levels.")
    if len(options) > menus.MOST_IN_LEVEL:
        raise Invalid("menu_too_wide", f"A level has no more than {menus.MOST_IN_LEVEL} options.")
    return [_option(one, queues, agents, keys, depth) for one in options]


def _option(
    given: dict[str, Any], queues: set[int], agents: set[int], keys: set[str], depth: int
) -> dict[str, Any]:
    kind, title = given["kind"], given["title"]
    queue = given.get("queue") if kind in {menus.QUEUE, menus.AGENT} else None
    agent = given.get("agent") if kind == menus.AGENT else None
    if (kind == menus.QUEUE or queue is not None) and queue not in queues:
        raise Invalid("menu_queue_missing", f"Choose a queue for “{title}”.", option=title)
    if kind == menus.AGENT and agent not in agents:
        raise Invalid("menu_agent_missing", f"Choose an agent for “{title}”.", option=title)
    files = files_for_use.described(given.get("files") or [])
    if kind == menus.FILES and not files:
        raise Invalid("menu_files_missing", f"Add a file to “{title}”.", option=title)
    key = str(given.get("key") or "")
    if not key or key in keys:
        key = uuid.uuid4().hex[:8]
    keys.add(key)
    ends = kind in {menus.AGENT, menus.CLOSE} or given.get("closes")
    below = [] if ends else list(given.get("options") or [])
    return {
        "key": key,
        "title": title,
        "kind": kind,
        "text": given.get("text", ""),
        "queue": queue,
        "agent": agent,
        "files": files,
        "closes": bool(given.get("closes")) or kind == menus.CLOSE,
        "options": _level(below, queues, agents, keys, depth=depth + 1),
    }


def _save(menu: Menu) -> None:
    taken = Refused("menu_name_taken", "Another menu has this name.", name=[menu.name])
    with unless_taken({"menu_name_once": lambda: taken}):
        menu.save()


def _tell(event: Event, menu: Menu) -> Menu:
    publish(event, menu, to={"company"})
    return menu
