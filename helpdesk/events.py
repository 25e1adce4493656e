"""What happened, told once: it reaches consoles, webhooks, reactions and the API schema.

`publish()` serialises now and sends after the commit. Frames go through one script in Redis that numbers them,
keeps the last ones per company for replay, and hands them to the channel layer in one step, so that the order
of numbers is the order of delivery.
"""

import functools
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson
import redis
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.timezone import now

from helpdesk.redis import connection

logger = logging.getLogger(__name__)

KEEP_EVENTS = 10_000
KEEP_SECONDS = 3600

# KEYS: counter hash, stream, layer channel. ARGV: clock, audience, frame, kept events, kept seconds, company.
_SEND = """
local epoch = redis.call('HGET', KEYS[1], 'epoch')
if not epoch then epoch = ARGV[1]; redis.call('HSET', KEYS[1], 'epoch', epoch) end
local id = epoch .. '-' .. redis.call('HINCRBY', KEYS[1], 'n', 1)
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[4], id, 'a', ARGV[2], 'f', ARGV[3])
redis.call('EXPIRE', KEYS[2], ARGV[5])
redis.call('PUBLISH', KEYS[3], cmsgpack.pack({type='event', c=ARGV[6], id=id, a=ARGV[2], f=ARGV[3]}))
return id
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
    data = import_string(what.serializer)(row).data
    publish_data(what, row.company_id, data, to=to)


def publish_data(what: Event, company_id: int, data: Any, *, to: Iterable[str]) -> None:
    """The same for a row that is already serialised."""
    frame = _frame(what.name, data)
    audience = ",".join(sorted(set(to)))
    # Not a partial: Django names a robust hook that failed by its __qualname__, which partials lack.
    transaction.on_commit(lambda: _send(company_id, audience, frame), robust=True)
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


def _send(company_id: int, audience: str, frame: str) -> None:
    keys = [f"live:{company_id}:n", f"live:{company_id}:events", group_channel(company_id)]
    args = [int(now().timestamp()), audience, frame, KEEP_EVENTS, KEEP_SECONDS, company_id]
    try:
        _script()(keys=keys, args=args)
    except redis.RedisError:
        # Consoles notice the silence, reconnect and read the truth from REST.
        logger.warning("event not sent: redis is unreachable", extra={"fields": {"company": company_id}})


@functools.cache
def _script() -> Any:
    return connection().register_script(_SEND)


def group_name(company_id: int) -> str:
    return f"company.{company_id}"


def group_channel(company_id: int) -> str:
    """The Redis channel on which channels-redis hears this company's group (its documented naming)."""
    return f"{settings.CHANNEL_PREFIX}__group__{group_name(company_id)}"
