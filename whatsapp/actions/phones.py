"""What is asked, once, of a phone that shares its number with us: its address book and its chats.

WhatsApp takes each request a single time and within a day, and a request whose answer got lost may have counted.
So the intent is committed before the call and never asked again; what comes by webhook tells how it went.
"""

import logging
from datetime import timedelta

from celery import shared_task
from django.db import transaction
from django.utils.timezone import now

from helpdesk.errors import Refused
from helpdesk.events import publish
from tenants.actions import audit
from tenants.scoping import CompanyTask, platform_scope
from tickets.actions import connections
from tickets.events import CONNECTION_UPDATED
from tickets.models import Connection
from tickets.transport import ImportNews
from whatsapp.cloud_api import asking
from whatsapp.cloud_api.asking import NOT_ASKED, UNREACHABLE, Said
from whatsapp.cloud_api.foreign import line_of
from whatsapp.models import PhoneSync
from whatsapp.models.payload import Source
from whatsapp.models.phone_sync import SyncKind, SyncState

logger = logging.getLogger(__name__)
DAY = timedelta(hours=24)
SILENT = (
    "the phone has not shared its chats or contacts within a day, and WhatsApp takes no later request. "
    "Remove the number on the phone (Settings, Account, Business platform) and connect it again."
)
SILENCE = timedelta(minutes=5)  # a call that lasts longer has died with its process
ASKED_FOR = {SyncKind.CONTACTS: "smb_app_state_sync", SyncKind.HISTORY: "history"}
NO_ANSWER = {UNREACHABLE, 1, 2, 131000, 131016}  # it may have counted
OPEN = (SyncState.WANTED, SyncState.ASKING, SyncState.ASKED, SyncState.UNCLEAR)


@transaction.atomic
def arrived(connection: Connection, *, by: audit.Actor) -> None:
    """The number lives on a phone as well: ask for what the phone has. Harmless to repeat."""
    connection.credentials = {**connection.credentials, "on_phone": True}
    connection.save(update_fields=["credentials"])
    for kind in SyncKind.values:
        PhoneSync.objects.get_or_create(connection=connection, kind=kind, defaults={"deadline": now() + DAY})
    audit.record(
        "connection.phone_asked",
        actor=by,
        target=f"connection:{connection.pk}",
        data={"name": connection.name},
    )
    publish(CONNECTION_UPDATED, connection, to={"company"})
    ask.nudge(connection.company_id, connection.pk)


@shared_task(base=CompanyTask)
def ask(company_id: int, connection_id: int) -> None:
    """The address book first: names are there when the chats come."""
    connection = Connection.objects.live().filter(pk=connection_id, kind=Source.CLOUD_API).first()
    if connection is None:
        return
    for kind in (SyncKind.CONTACTS, SyncKind.HISTORY):
        if _intend(connection, kind):
            _ask(connection, kind)


@shared_task
def sweep() -> None:
    """Lost nudges are asked now; calls that died are left to the webhooks; a day of silence is told."""
    with platform_scope("phones of all companies that were not asked, or do not answer"):
        rows = PhoneSync.objects.filter(state__in=OPEN, connection__kind=Source.CLOUD_API)
        rows.filter(state=SyncState.ASKING, asked_at__lt=now() - SILENCE).update(state=SyncState.UNCLEAR)
        waiting = rows.filter(state=SyncState.WANTED, deadline__gt=now()).values_list(
            "company_id", "connection"
        )
        silent = rows.filter(deadline__lt=now(), alarmed_at=None).values_list("company_id", "connection")
        for company_id, connection_id in set(waiting):
            ask.nudge(company_id, connection_id)
        for company_id, connection_id in set(silent):
            alarm.nudge(company_id, connection_id)


@shared_task(base=CompanyTask)
@transaction.atomic
def alarm(company_id: int, connection_id: int) -> None:
    """Administrators hear once that the day is over and the phone has told nothing, or not all."""
    connection = Connection.objects.live().filter(pk=connection_id).first()
    rows = PhoneSync.objects.filter(connection=connection_id, state__in=OPEN, alarmed_at=None)
    late = list(rows.filter(deadline__lt=now()).select_for_update())
    rows.filter(pk__in=[one.pk for one in late]).update(alarmed_at=now())
    if not late:
        return
    fields = {"connection": connection_id, "syncs": [f"{one.kind}: {one.state}" for one in late]}
    logger.error("a phone has told nothing within a day", extra={"fields": fields})
    if connection is not None:
        connections.tell_admins(connection, SILENT, "phone_silent")


def hear(connection: Connection, news: ImportNews) -> None:
    """A webhook of it came: part of the transaction that applies the webhook. Chunks come in any order."""
    row = PhoneSync.objects.select_for_update().filter(connection=connection, kind=news.kind).first()
    if row is None:
        return  # a phone that nobody asked here tells as well
    row.heard_at, row.items = now(), row.items + news.items
    row.progress = max(row.progress, news.progress)
    if news.phase is not None:
        row.phase = max(row.phase or 0, news.phase)
    if news.error:
        row.state, row.error = SyncState.DECLINED, news.error
    elif row.state != SyncState.DECLINED:
        row.state = SyncState.DONE if row.progress >= 100 else SyncState.RUNNING
        row.error = ""
    row.save()
    tell(connection)


def tell(connection: Connection) -> None:
    """Consoles look at the progress again when their connection changes."""
    row = Connection.objects.locked(connection.pk)
    row.save(update_fields=["updated_at"])
    publish(CONNECTION_UPDATED, row, to={"company"})


@transaction.atomic
def _intend(connection: Connection, kind: str) -> bool:
    """Write down that we ask, before we do. False when it was asked before, or it is too late."""
    rows = PhoneSync.objects.select_for_update().filter(connection=connection, kind=kind)
    row = rows.filter(state=SyncState.WANTED).first()
    if row is None:
        return False
    if row.deadline <= now():
        row.state, row.error = SyncState.REFUSED, "late"
        row.save(update_fields=["state", "error"])
        return False
    row.state, row.asked_at = SyncState.ASKING, now()
    row.save(update_fields=["state", "asked_at"])
    return True


def _ask(connection: Connection, kind: str) -> None:
    path = f"{connection.credentials['phone_number_id']}/smb_app_data"
    try:
        answer = asking.as_business(connection).post(
            path, messaging_product="whatsapp", sync_type=ASKED_FOR[SyncKind(kind)]
        )
    except Said as said:
        _settle(connection, kind, *_meaning(said))
    except Refused as refused:
        _settle(connection, kind, SyncState.WANTED, refused.detail)
    else:
        _settle(connection, kind, SyncState.ASKED, "", line_of(answer.get("request_id"), 64))


def _meaning(said: Said) -> tuple[str, str]:
    if said.number == NOT_ASKED:
        return SyncState.WANTED, said.words  # nothing has left: this one may be asked again
    if said.number in NO_ANSWER:
        return SyncState.UNCLEAR, said.words
    codes = {2593107: "already_asked", 2593108: "late"}
    return SyncState.REFUSED, codes.get(said.number, said.words[:300])


@transaction.atomic
def _settle(connection: Connection, kind: str, state: str, error: str, request_id: str = "") -> None:
    """Unless a webhook was faster and told more."""
    rows = PhoneSync.objects.filter(connection=connection, kind=kind, state=SyncState.ASKING)
    if rows.update(state=state, error=error[:300], request_id=request_id):
        tell(connection)
