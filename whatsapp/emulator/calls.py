"""A customer calls the business: nobody here picks up by voice, so the player says how the call ends."""

from typing import Any

from . import payloads
from .hub import Hub
from .records import Json, Line, Message, Persona

ENDINGS = {"missed": "FAILED", "rejected": "REJECTED", "answered": "COMPLETED"}


def content(draft: Json) -> Json:
    """What the bubble on the phone says."""
    ending = str(draft.get("ending", "missed"))
    if ending not in ENDINGS:
        raise ValueError(f"Unknown ending {ending!r}. Known: {', '.join(ENDINGS)}.")
    seconds = int(draft.get("duration") or 60) if ending == "answered" else 0
    return {"call": {"ending": ending, "duration": seconds}}


def tell(hub: Hub, line: Line, persona: Persona, message: Message) -> None:
    """Two webhooks: that it rings, and how it ended."""
    for event in ("connect", "terminate"):
        value = payloads.call_value(hub.world, line, persona, _news(message, event))
        hub.courier.post(line, "calls", value, lane=persona.id, wamid=message.wamid)


def _news(message: Message, event: str) -> Json:
    call = message.content["call"]
    start = int(message.at)
    body: dict[str, Any] = {"id": message.wamid, "event": event, "timestamp": str(start)}
    body["direction"] = "USER_INITIATED"
    if event == "connect":
        return body | {"session": {"sdp_type": "offer", "sdp": "v=0"}}
    body |= {"timestamp": str(start + call["duration"]), "status": ENDINGS[call["ending"]]}
    if call["duration"]:
        times = {"start_time": str(start), "end_time": str(start + call["duration"])}
        body |= times | {"duration": call["duration"]}
    return body
