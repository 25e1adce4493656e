"""What happened, told once: it reaches consoles, webhooks, reactions and the API schema.

`publish()` serialises now and sends after the commit. The frames of a transaction go through one script in
Redis that numbers them, keeps the last ones per company for replay, and hands them to the channel layer in one
step, so that the order of numbers is the order of delivery.
"""

import functools
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import orjson
import redis
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import connection as database
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.timezone import now

from helpdesk.redis import connection

logger = logging.getLogger(__name__)

KEEP_EVENTS = 10_000
KEEP_SECONDS = 3600

# Words of an audience that narrow it: of those it names, only supervisors hear it, or everyone but them.
ONLY_SUPERVISORS, NO_SUPERVISORS = "&supervisors", "!supervisors"

BATCH = 100  # frames per call of the script: Redis does nothing else meanwhile

# KEYS: counter hash, stream, layer channel. ARGV: clock, kept events, kept seconds, company, then an audience
# and a frame for each event.
_SEND = """
local epoch = redis.call('HGET', KEYS[1], 'epoch')
if not epoch then epoch = ARGV[1]; redis.call('HSET', KEYS[1], 'epoch', epoch) end
for i = 5, #ARGV, 2 do
    local id = epoch .. '-' .. redis.call('HINCRBY', KEYS[1], 'n', 1)
    redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[2], id, 'a', ARGV[i], 'f', ARGV[i + 1])
    redis.call('PUBLISH', KEYS[3], cmsgpack.pack({type='event', c=ARGV[4], id=id, a=ARGV[i], f=ARGV[i + 1]}))
end
redis.call('EXPIRE', KEYS[2], ARGV[3])
"""


@dataclass(frozen=True)
class Event:
    """`name` is noun.past_tense; `serializer` (dotted path) is how REST shows the same noun."""

    name: str
    serializer: str
    webhook: bool = False


@dataclass(frozen=True)
class Signal:
    """Something true only now (typing, presence): no row, no number, never replayed."""

    name: str
    fields: dict[str, str]


EVENTS: dict[str, Event] = {}
SIGNALS: dict[str, Signal] = {}


def event(name: str, serializer: str, *, webhook: bool = False) -> Event:
    """Declare an event."""
    EVENTS[name] = Event(name, serializer, webhook)
    return EVENTS[name]


def signal(name: str, **fields: str) -> Signal:
    """Declare a signal; `fields` name each value and its JSON type, for the schema."""
    SIGNALS[name] = Signal(name, fields)
    return SIGNALS[name]


def publish(what: Event, row: Any, *, to: Iterable[str]) -> None:
    """Tell everyone in the audiences `to` about `row`, once this transaction has committed."""
    publish_data(what, row.company_id, _shown_by(what.serializer)(row), to=to)


@functools.cache
def _shown_by(serializer: str) -> Callable[[Any], Any]:
    show: Callable[[Any], Any] = import_string(serializer)().to_representation
    return show


def publish_data(what: Event, company_id: int, data: Any, *, to: Iterable[str]) -> None:
    """The same for a row that is already serialised."""
    audience, hidden = set(to), import_string(settings.MASK_EVENT)(company_id, data)
    if hidden is None:
        _after_commit(company_id, audience, _frame(what.name, data))
    else:
        _after_commit(company_id, {*audience, ONLY_SUPERVISORS}, _frame(what.name, data))
        _after_commit(company_id, {*audience, NO_SUPERVISORS}, _frame(what.name, hidden))
    for path in settings.REACTIONS.get(what.name, []):
        transaction.on_commit(functools.partial(import_string(path).delay, company_id, what.name, data))


def publish_signal(what: Signal, company_id: int, data: dict[str, Any], *, to: Iterable[str]) -> None:
    """Send at once, unnumbered: whoever is not listening now will not hear it."""
    audience = ",".join(sorted(set(to)))
    message = {"type": "event", "c": str(company_id), "id": "", "a": audience, "f": _frame(what.name, data)}
    layer = get_channel_layer()
    try:
        connection().publish(group_channel(company_id), layer.serialize(message))
    except redis.RedisError:
        logger.warning("signal not sent: redis is unreachable", extra={"fields": {"event": what.name}})


def _frame(name: str, data: Any) -> str:
    body = {"type": name, "at": now().isoformat(), "data": data}
    return orjson.dumps(body, default=str, option=orjson.OPT_NON_STR_KEYS).decode()


class _Outgoing:
    """The frames of one transaction, sent together. Called by Django once it has committed."""

    def __init__(self, company_id: int) -> None:
        self.company_id = company_id
        self.frames: list[str] = []  # audience, frame, audience, frame …
        self.__qualname__ = "helpdesk.events"  # Django names a robust hook that failed by it

    def __call__(self) -> None:
        for first in range(0, len(self.frames), 2 * BATCH):
            _send(self.company_id, self.frames[first : first + 2 * BATCH])


def _after_commit(company_id: int, to: set[str], frame: str) -> None:
    """Behind what this transaction already says, unless a rollback to a savepoint might keep only one of them."""
    audience = ",".join(sorted(to))
    saved = set(database.savepoint_ids)
    for hook in reversed(database.run_on_commit):
        if isinstance(hook[1], _Outgoing):
            if hook[0] == saved and hook[1].company_id == company_id:
                hook[1].frames += (audience, frame)
                return
            break
    outgoing = _Outgoing(company_id)
    outgoing.frames += (audience, frame)
    transaction.on_commit(outgoing, robust=True)


def _send(company_id: int, frames: list[str]) -> None:
    keys = [f"live:{company_id}:n", f"live:{company_id}:events", group_channel(company_id)]
    try:
        _script()(keys=keys, args=[int(now().timestamp()), KEEP_EVENTS, KEEP_SECONDS, company_id, *frames])
    except redis.RedisError:
        # Consoles notice the silence, reconnect and read the truth from REST.
        logger.warning("events not sent: redis is unreachable", extra={"fields": {"company": company_id}})


@functools.cache
def _script() -> Any:
    return connection().register_script(_SEND)


def group_name(company_id: int) -> str:
    return f"company.{company_id}"


def group_channel(company_id: int) -> str:
    """The Redis channel on which channels-redis hears this company's group (its documented naming)."""
    return f"{settings.CHANNEL_PREFIX}__group__{group_name(company_id)}"
