"""Being Meta, which lets a number send faster or a business write to more people, and tells both by webhooks."""

from starlette.requests import Request

from .hub import Hub
from .records import THROUGHPUTS, Json, Line

PEOPLE = {"TIER_250": 250, "TIER_2K": 2000, "TIER_10K": 10_000, "TIER_100K": 100_000, "TIER_UNLIMITED": -1}
UPGRADE_S = 60.0


async def grow(hub: Hub, request: Request) -> Json:
    """`limit` is one of PEOPLE, for the whole portfolio; `throughput` is of this number, and takes `seconds`."""
    body = await request.json()
    line = hub.world.lines[request.path_params["id"]]
    if limit := body.get("limit"):
        _limit(hub, line, str(limit))
    if level := body.get("throughput"):
        _throughput(hub, line, str(level), float(body.get("seconds", UPGRADE_S)))
    hub.world.publish({"type": "lines"})
    return line.to_json()


def _limit(hub: Hub, line: Line, limit: str) -> None:
    if limit not in PEOPLE:
        raise ValueError(f"limit is one of {', '.join(PEOPLE)}.")
    people, before = PEOPLE[limit], line.messaging_limit
    settings = hub.world.settings
    settings.behaviour = settings.behaviour.changed({"portfolio_per_day": max(people, 0)})
    for one in hub.world.lines.values():
        if one.portfolio == line.portfolio:
            one.messaging_limit = limit
            hub.world.save(one.phone_number_id, one)
    is_more = people < 0 or 0 <= PEOPLE[before] < people
    told = {"event": "UPGRADE" if is_more else "DOWNGRADE", "old_limit": before}
    _tell(hub, line, told)
    hub.courier.post(line, "business_capability_update", {"max_daily_conversations_per_business": people})


def _throughput(hub: Hub, line: Line, level: str, seconds: float) -> None:
    """While it lasts, the number answers 131057."""
    if level not in THROUGHPUTS:
        raise ValueError(f"throughput is one of {', '.join(THROUGHPUTS)}.")
    line.throughput, line.upgrading_until = level, hub.world.now() + seconds
    hub.world.save(line.phone_number_id, line)
    _tell(hub, line, {"event": "THROUGHPUT_UPGRADE"})


def _tell(hub: Hub, line: Line, told: Json) -> None:
    about = {"display_phone_number": line.digits, "current_limit": line.messaging_limit}
    hub.courier.post(line, "phone_number_quality_update", about | told)


TABLE = [("POST", "/_ctl/numbers/{id}/grow", grow)]
