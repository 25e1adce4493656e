"""The vocabulary in which bots ask for more than text, shared by webhooks, Dialogflow payloads and our own API.

{"reply": "…"} or {"replies": ["…", {"text", "media", "kind", "buttons": ["…" | {"id", "title"}], "delay": 1.5}]},
"closeTicket": true, "transferQueue": id or name, "transferAgent": id, "setTag": name or names, "leave": true.
"""

from collections.abc import Mapping
from typing import Any, cast, get_args
from urllib.parse import urlsplit

from integrations.bots.port import LONGEST_WAIT, MOST_BUBBLES, Act, Bubble, Choice, Media

LONGEST = 4096
MOST_CHOICES = 20
_ENDINGS: dict[str, Media] = {
    "jpg": "image", "jpeg": "image", "png": "image", "webp": "image", "gif": "image",
    "mp4": "video", "3gp": "video", "mov": "video",
    "mp3": "audio", "ogg": "audio", "opus": "audio", "m4a": "audio", "aac": "audio", "wav": "audio",
}  # fmt: skip
KNOWN = frozenset(
    {"reply", "replies", "closeTicket", "transferQueue", "transferAgent", "setTag", "setTags", "leave"}
)


def is_spoken(answer: Any) -> bool:
    """Whether an answer uses these words."""
    return isinstance(answer, Mapping) and bool(KNOWN & answer.keys())


def bubbles_of(answer: Mapping[str, Any]) -> tuple[Bubble, ...]:
    replies = answer.get("replies")
    given = replies if isinstance(replies, list) else []
    if answer.get("reply"):
        given = [answer["reply"], *given]
    found = (_bubble(one) for one in given[:MOST_BUBBLES])
    return tuple(bubble for bubble in found if bubble is not None)


def acts_of(answer: Mapping[str, Any]) -> tuple[Act, ...]:
    """Tags first and the end last: each leaves the ticket where the next can be done."""
    acts = [Act("tag", tag) for tag in _names(answer.get("setTags")) + _names(answer.get("setTag"))]
    if agent := _name(answer.get("transferAgent")):
        acts.append(Act("agent", agent))
    if queue := _name(answer.get("transferQueue")):
        acts.append(Act("queue", queue))
    if answer.get("closeTicket") is True:
        acts.append(Act("close"))
    elif answer.get("leave") is True:
        acts.append(Act("leave"))
    return tuple(acts)


def media_of(url: str, said: Any = "") -> Media:
    """The sort of a file: as it is said, else by the ending of its address."""
    if isinstance(said, str) and said in get_args(Media) and said:
        return cast(Media, said)
    ending = urlsplit(url).path.rpartition(".")[2].lower()
    return _ENDINGS.get(ending, "document")


def seconds(value: Any) -> float:
    """A wait as it was wished, within reason."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return 0.0
    try:
        wished = float(value)
    except ValueError:
        return 0.0
    return min(max(wished, 0.0), LONGEST_WAIT) if wished == wished else 0.0


def choices_of(given: Any) -> tuple[Choice, ...]:
    """Titles, or {"id", "title"}; a choice without an id is known by its title."""
    found = []
    for one in given[:MOST_CHOICES] if isinstance(given, list) else ():
        row = one if isinstance(one, Mapping) else {"title": one}
        title = str(row.get("title") or row.get("text") or "").strip()
        if title:
            found.append(Choice(str(row.get("id") or title)[:200], title[:200]))
    return tuple(found)


def _bubble(given: Any) -> Bubble | None:
    if isinstance(given, str | int | float) and not isinstance(given, bool):
        text = str(given).strip()
        return Bubble(text[:LONGEST]) if text else None
    if not isinstance(given, Mapping):
        return None
    text = str(given.get("text") or given.get("caption") or "").strip()[:LONGEST]
    url = str(given.get("media") or given.get("url") or "").strip()
    choices = choices_of(given.get("buttons") or given.get("choices"))
    if not (text or url or choices):
        return None
    media = media_of(url, given.get("kind")) if url else ""
    return Bubble(text, media, url, choices, seconds(given.get("delay")))


def _names(value: Any) -> list[str]:
    given = value if isinstance(value, list) else [value]
    return [name for one in given[:10] if (name := _name(one))]


def _name(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value).strip()[:100]
