"""Who is at their desk. The row says what colleagues see; Redis only knows when each person was last heard.

Every `sockets` process tells Redis which people it holds (`heard`), so it does not matter how many processes
a person's browsers are connected to, or that one of them dies.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

import redis
from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.timezone import now

from helpdesk.events import publish_signal
from helpdesk.redis import connection
from tenants.actions import credentials
from tenants.events import PRESENCE_CHANGED
from tenants.models import Membership
from tenants.models.membership import Presence
from tenants.scoping import company_scope, current_company_id, platform_scope

logger = logging.getLogger(__name__)

GONE_AFTER = timedelta(seconds=60)  # long enough to reload a page or to change trains
HEARTBEAT_SECONDS = 20
SURE = timedelta(seconds=30)  # heard so recently that no sweeper can be about to say otherwise
ABSENT = {Presence.AWAY, Presence.OFFLINE}
WATCH = "presence:watching"  # gone when Redis lost its memory

Person = tuple[int, int]  # company id, user id


def arrived(user_id: int) -> dict[int, str]:
    """A console of this person opened; answers who is at their desk, the person included."""
    company_id = current_company_id()
    before = _note_arrival(company_id, user_id)
    present = dict(Membership.objects.present().values_list("user_id", "presence"))
    if user_id not in present or before is None or now() - before > SURE:
        present[user_id] = _change(user_id, Presence.ONLINE, only_from=Presence.OFFLINE)
    return present


def _note_arrival(company_id: int, user_id: int) -> datetime | None:
    """When the person was last heard before this moment, which is noted in the same breath."""
    try:
        with connection().pipeline(transaction=False) as pipe:
            pipe.zscore(_key(company_id), str(user_id))
            pipe.zadd(_key(company_id), {str(user_id): now().timestamp()})
            score = pipe.execute()[0]
    except redis.RedisError:
        logger.warning("presence not noted: redis is unreachable")
        return None
    return None if score is None else datetime.fromtimestamp(score, tz=now().tzinfo)


def say(user_id: int, presence: str) -> None:
    """The person says what they are doing: online, busy or away."""
    if presence in (Presence.ONLINE, Presence.BUSY, Presence.AWAY):
        _change(user_id, Presence(presence))


def went_home(user_id: int) -> None:
    """The person signed out everywhere: no need to wait for silence."""
    try:
        connection().zrem(_key(current_company_id()), user_id)
    except redis.RedisError:
        logger.warning("presence not cleared: redis is unreachable")
    _change(user_id, Presence.OFFLINE, seen_at=now())


def heard(people: Iterable[Person]) -> None:
    """These people have an open console at this moment."""
    at = now().timestamp()
    by_company: dict[int, dict[Any, float]] = defaultdict(dict)
    for company_id, user_id in people:
        by_company[company_id][user_id] = at
    try:
        with connection().pipeline(transaction=False) as pipe:
            for company_id, users in by_company.items():
                pipe.zadd(_key(company_id), users)
            pipe.execute()
    except redis.RedisError:
        logger.warning("presence not noted: redis is unreachable")


@shared_task
def sweep() -> None:
    """Show those offline whose consoles have been silent for a minute, and forget old login failures."""
    credentials.forget_old_failures()
    try:
        if connection().set(WATCH, 1, nx=True):
            return  # Redis is new or lost its memory: give every process time to say who it holds
        for company_id, user_ids in _shown_present():
            _send_home(company_id, user_ids)
    except redis.RedisError:
        logger.warning("presence not swept: redis is unreachable")


def _shown_present() -> Iterator[tuple[int, list[int]]]:
    with platform_scope("the presence sweeper looks at every company"):
        rows = list(Membership.objects.present().values_list("company_id", "user_id"))
    people: dict[int, list[int]] = defaultdict(list)
    for company_id, user_id in rows:
        people[company_id].append(user_id)
    yield from people.items()


def _send_home(company_id: int, user_ids: list[int]) -> None:
    redis_: Any = connection()
    scores = redis_.zmscore(_key(company_id), [str(user_id) for user_id in user_ids])
    limit = (now() - GONE_AFTER).timestamp()
    silent = [
        user_id for user_id, score in zip(user_ids, scores, strict=True) if score is None or score <= limit
    ]
    with company_scope(company_id):
        for user_id in silent:
            _change(user_id, Presence.OFFLINE, unless_heard=True)


@transaction.atomic
def _change(
    user_id: int,
    presence: Presence,
    *,
    only_from: Presence | None = None,
    unless_heard: bool = False,
    seen_at: datetime | None = None,
) -> str:
    """Decided on the locked row: an arrival and the sweeper may look at it in the same moment.

    Answers what is shown afterwards.
    """
    membership = Membership.objects.select_for_update().filter(user=user_id).first()
    if membership is None:
        return Presence.OFFLINE
    if membership.presence == presence or (only_from and membership.presence != only_from):
        return str(membership.presence)
    if unless_heard:
        seen_at = _last_heard(membership.company_id, user_id)
        if seen_at is not None and now() - seen_at < GONE_AFTER:
            return str(membership.presence)
    membership.presence = presence
    if presence == Presence.OFFLINE:
        membership.last_seen_at = seen_at or now()
    if presence not in ABSENT:
        membership.absent_since = None
    elif membership.absent_since is None:
        membership.absent_since = seen_at or now()
    # No new version: the signal carries the news, and nothing else of the row has changed.
    Membership.objects.filter(pk=membership.pk).update(
        presence=presence, last_seen_at=membership.last_seen_at, absent_since=membership.absent_since
    )
    _tell(membership)
    desk_changed(membership)
    return presence


def desk_changed(membership: Membership) -> None:
    """Whoever gives out work hears who came, left or may get more of it."""
    for path in settings.DESK_CHANGED:
        import_string(path)(membership)


def _tell(membership: Membership) -> None:
    seen = membership.last_seen_at
    data = {
        "user": membership.user_id,
        "presence": str(membership.presence),
        "last_seen_at": seen.isoformat() if seen else None,
    }
    company_id = membership.company_id
    transaction.on_commit(
        lambda: publish_signal(PRESENCE_CHANGED, company_id, data, to={"company"}), robust=True
    )


def _last_heard(company_id: int, user_id: int) -> datetime | None:
    try:
        score = connection().zscore(_key(company_id), str(user_id))
    except redis.RedisError:
        return None
    return None if score is None else datetime.fromtimestamp(score, tz=now().tzinfo)


def _key(company_id: int) -> str:
    return f"presence:{company_id}"
