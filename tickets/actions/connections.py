"""Connections: a number is added, checked with its provider, changed, removed and brought back.

The transport alone understands credentials; here they go in and never come out.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from celery import shared_task
from django.db import transaction
from django.utils.timezone import now

from helpdesk.constraints import unless_taken
from helpdesk.errors import Refused
from helpdesk.events import Event, publish
from tenants.actions import audit, limits
from tenants.models import Membership
from tenants.roles import Role
from tenants.scoping import CompanyTask, platform_scope
from tickets.actions import notices, outbound
from tickets.events import CONNECTION_CREATED, CONNECTION_DELETED, CONNECTION_UPDATED
from tickets.models import Connection
from tickets.models.connection import Status
from tickets.transport import Health, transport_for, transport_of_kind

CHECKED = [
    "status", "status_reason", "status_code", "number", "verified_name", "quality", "account", "portfolio",
    "health",
]  # fmt: skip
RANKS = {"red": 0, "yellow": 1, "green": 2}


@transaction.atomic
def create(
    *, by: audit.Actor, kind: str, credentials: dict[str, Any], is_default: bool = False, **fields: Any
) -> Connection:
    """A new number. The first one becomes the default."""
    limits.require_room("connections", Connection.objects.live())
    connection = Connection(kind=kind, **fields)
    _take_credentials(connection, credentials)
    connection.is_default = is_default or not Connection.objects.live().exists()
    with _nothing_taken():
        connection.save()
    _be_the_only_default(connection)
    audit.record("connection.created", actor=by, target=_target(connection), data={"name": connection.name})
    check_new.nudge(connection.company_id, connection.pk)
    return _tell(CONNECTION_CREATED, connection)


@transaction.atomic
def update(
    connection: Connection, *, by: audit.Actor, credentials: dict[str, Any] | None = None, **fields: Any
) -> Connection:
    """Change what is given; secrets that are not given stay. New credentials are checked."""
    connection = Connection.objects.locked(connection.pk)
    if fields.get("is_default") is False and connection.is_default:
        raise Refused("default_needed", "Make another connection the default instead.")
    for name, value in fields.items():
        setattr(connection, name, value)
    if credentials:
        _take_credentials(connection, credentials)
        connection.status, connection.status_reason, connection.status_code = Status.PENDING, "", ""
        check_new.nudge(connection.company_id, connection.pk)
    with _nothing_taken():
        connection.save()
    _be_the_only_default(connection)
    changed = sorted([*fields, *(["credentials"] if credentials else [])])
    audit.record("connection.updated", actor=by, target=_target(connection), data={"changed": changed})
    return _tell(CONNECTION_UPDATED, connection)


def check(connection: Connection) -> Health:
    """Ask the provider now and remember what it says. What waited for the number leaves when it works."""
    health = transport_for(connection).inspect(connection)
    with transaction.atomic():
        _remember(Connection.objects.locked(connection.pk), health)
    return health


@shared_task(base=CompanyTask)
def check_new(company_id: int, connection_id: int) -> None:
    """Nobody should have to press the button after typing credentials. A lost nudge leaves the button."""
    waiting = Connection.objects.live().filter(pk=connection_id, status=Status.PENDING).first()
    if waiting is not None:
        check(waiting)


@transaction.atomic
def heard_from(ids: Iterable[int]) -> None:
    """The provider called these numbers' webhook. Consoles hear of the first call, which connects a new number."""
    Connection.objects.filter(pk__in=ids).update(last_received_at=now())
    news = Connection.objects.live().filter(pk__in=ids, status=Status.PENDING)
    for connection in news.order_by("id").select_for_update(of=("self",)):
        connection.status = Status.CONNECTED
        connection.save(update_fields=["status"])
        outbound.resume(connection.pk)
        _tell(CONNECTION_UPDATED, connection)


@transaction.atomic
def delete(connection: Connection, *, by: audit.Actor) -> Connection:
    """Hide it: nothing comes in or goes out. The oldest of the others becomes the default."""
    connection = Connection.objects.locked(connection.pk)
    if connection.is_deleted:
        return connection
    was_default, connection.is_default = connection.is_default, False
    connection.deleted_at = now()
    connection.save(update_fields=["deleted_at", "is_default"])
    heir = Connection.objects.live().order_by("id").first() if was_default else None
    if heir is not None:
        heir.is_default = True
        heir.save(update_fields=["is_default"])
        _tell(CONNECTION_UPDATED, heir)
    audit.record("connection.deleted", actor=by, target=_target(connection), data={"name": connection.name})
    return _tell(CONNECTION_DELETED, connection)


@transaction.atomic
def restore(connection: Connection, *, by: audit.Actor) -> Connection:
    """Bring it back. Refused when its name or number is used by another connection now."""
    connection = Connection.objects.locked(connection.pk)
    if not connection.is_deleted:
        return connection
    limits.require_room("connections", Connection.objects.live())
    connection.is_default = not Connection.objects.live().exists()
    connection.deleted_at = None
    with _nothing_taken():
        connection.save(update_fields=["deleted_at", "is_default"])
    audit.record("connection.restored", actor=by, target=_target(connection), data={"name": connection.name})
    return _tell(CONNECTION_CREATED, connection)


@shared_task(base=CompanyTask)
def look(company_id: int, connection_id: int) -> None:
    """How is it now? A provider that does not answer changes nothing: sending finds out by itself."""
    connection = Connection.objects.live().filter(pk=connection_id).exclude(status=Status.PENDING).first()
    if connection is None:
        return
    health = transport_for(connection).inspect(connection)
    if not health.is_unreachable:
        with transaction.atomic():
            _remember(Connection.objects.locked(connection.pk), health)


@shared_task
def look_at_all() -> None:
    """Every number of every company, some times a day."""
    with platform_scope("the numbers of all companies, to see how they are"):
        rows = Connection.objects.live().exclude(status=Status.PENDING).values_list("company_id", "pk")
        for company_id, pk in list(rows):
            look.nudge(company_id, pk)


def tell_admins(connection: Connection, words: str, code: str) -> None:
    """Something about a number got worse: in words for programs, and as a code that consoles have words for."""
    admins = Membership.objects.active().filter(role=Role.ADMIN).values_list("user_id", flat=True)
    text = f"{connection.name}: {words}"[:300]
    data = {"connection": connection.pk, "name": connection.name, "code": code, "text": text}
    notices.tell("number", list(admins), data=data)


def _remember(connection: Connection, health: Health) -> None:
    was, rank = connection.status, RANKS.get(connection.quality, 3)
    knew = {line["name"] for line in connection.health.get("checks", []) if line.get("warning")}
    ending = next((line for line in health.checks if line.name == "access_token" and line.warning), None)
    failed = next((line for line in health.checks if not line.ok), None)
    connection.status = Status.DISCONNECTED if failed else Status.CONNECTED
    connection.status_reason = f"{failed.name}: {failed.detail}"[:300] if failed else ""
    connection.status_code = (failed.code or failed.name)[:40] if failed else ""
    connection.number = (health.number or connection.number)[:20]
    connection.verified_name = (health.verified_name or connection.verified_name)[:120]
    connection.quality = (health.quality or connection.quality)[:20]
    if health.portfolio:
        connection.account, connection.portfolio = health.account[:64], health.portfolio[:64]
    connection.health = {
        "checked_at": now().isoformat(),
        "checks": [asdict(line) for line in health.checks],
    }
    connection.save(update_fields=CHECKED)
    if failed and was == Status.CONNECTED:
        tell_admins(connection, connection.status_reason, connection.status_code)
    elif RANKS.get(connection.quality, 3) < min(rank, RANKS["green"]):
        tell_admins(connection, f"quality {connection.quality}", f"quality_{connection.quality}")
    elif ending and ending.name not in knew:
        tell_admins(connection, ending.detail, ending.code)
    if not failed:
        outbound.resume(connection.pk)
    _tell(CONNECTION_UPDATED, connection)


def _take_credentials(connection: Connection, given: dict[str, Any]) -> None:
    known = connection.credentials or {}
    connection.credentials = transport_of_kind(connection.kind).normalise_credentials(given, known)
    # What the provider calls this number: its webhooks find the connection by it.
    connection.external_id = str(connection.credentials.get("external_id", ""))


@contextmanager
def _nothing_taken() -> Iterator[None]:
    with unless_taken(
        {
            "connection_name_once": lambda: Refused(
                "connection_name_taken", "Another connection has this name.", name=["taken"]
            ),
            "connection_number_once": lambda: Refused(
                "connection_number_taken", "This number is already connected."
            ),
        }
    ):
        yield


def _be_the_only_default(connection: Connection) -> None:
    if not connection.is_default:
        return
    for other in Connection.objects.select_for_update().filter(is_default=True).exclude(pk=connection.pk):
        other.is_default = False
        other.save(update_fields=["is_default"])
        _tell(CONNECTION_UPDATED, other)


def _target(connection: Connection) -> str:
    return f"connection:{connection.pk}"


def _tell(event: Event, connection: Connection) -> Connection:
    publish(event, connection, to={"company"})
    return connection
