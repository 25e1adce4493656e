"""A chat as the customer sees it: bubbles with ticks, reactions, quotes, files and a price tag."""

from .graph import asks
from .graph.messages import is_window_open
from .hub import Hub
from .prices import amount_usd
from .records import MEDIA_TYPES, Json, Line, Message, Persona

HIDDEN = frozenset({"reaction", "edit", "revoke"})
PREVIEWS = {
    "image": "📷 Photo",
    "audio": "🎤 Audio",
    "video": "🎬 Video",
    "document": "📄 Document",
    "sticker": "🌟 Sticker",
    "location": "📍 Location",
    "contacts": "👤 Contact",
    "call": "📞 Call",
    "order": "🛒 Order",
    "unsupported": "🗳️ Poll",
}


def persona(one: Persona) -> Json:
    return {
        "id": one.id,
        "name": one.name,
        "username": one.username,
        "hide_phone": one.hide_phone,
        "presence": one.presence,
    }


def summary(hub: Hub, line: Line, who: Persona) -> Json:
    """One row of the chat list."""
    seen = [one for one in visible(hub, line, who) if one.type not in HIDDEN]
    last = seen[-1] if seen else None
    unread = sum(
        one.direction == "out" and not one.extra.get("seen") and not one.has("failed") for one in seen
    )
    return {
        "phone_number_id": line.phone_number_id,
        "preview": preview(last) if last else "",
        "at": (last.shown_at or last.at) if last else None,
        "mine": last.direction == "in" if last else False,
        "state": last.state if last else None,
        "unread": unread,
        "typing": hub.world.chat(line.phone_number_id, who.id).typing_until > hub.world.now(),
    }


def chat(hub: Hub, line: Line, who: Persona, limit: int) -> Json:
    thread = visible(hub, line, who)
    shown = [one for one in thread if one.type not in HIDDEN]
    reactions = _reactions(thread)
    box = hub.world.chat(line.phone_number_id, who.id)
    return {
        "phone_number_id": line.phone_number_id,
        "persona": who.id,
        "name": line.verified_name or line.display_phone_number,
        "number": line.display_phone_number,
        "typing_s": max(box.typing_until - hub.world.now(), 0),
        "window_open": is_window_open(hub, line.phone_number_id, who.id),
        "now": hub.world.now(),
        "has_more": len(shown) > limit,
        "bubbles": [bubble(hub, one, reactions.get(one.wamid, {})) for one in shown[-limit:]],
    }


def group_summary(hub: Hub, group: Persona, who: Persona) -> Json:
    """The same for a group, as one of its participants sees it."""
    line = hub.world.lines[group.line]
    thread = [one for one in visible(hub, line, group) if one.type not in HIDDEN]
    unread = sum(
        one.direction == "out" and who.id not in one.extra.get("seen_by", []) and not one.has("failed")
        for one in thread
    )
    mine = bool(thread) and thread[-1].extra.get("author") == who.id
    return summary(hub, line, group) | {
        "group": group.id, "name": group.name, "members": len(group.members), "unread": unread, "mine": mine,
    }  # fmt: skip


def group_chat(hub: Hub, line: Line, group: Persona, who: Persona, limit: int) -> Json:
    """What others wrote stands on the left, with their names."""
    told = chat(hub, line, group, limit)
    names = [hub.world.personas[one].name for one in group.members]
    for shown in told["bubbles"]:
        message = hub.world.messages[shown["wamid"]]
        author = hub.world.personas.get(str(message.extra.get("author", "")))
        shown["mine"] = author is not None and author.id == who.id
        shown["author"] = (author.name if author else told["name"]) if not shown["mine"] else ""
        shown["seen"] = who.id in message.extra.get("seen_by", [])
        shown["price"] = shown.get("price") if message.direction == "out" else None
    return told | {"persona": who.id, "group": group.id, "name": group.name, "number": ", ".join(names)}


def visible(hub: Hub, line: Line, who: Persona) -> list[Message]:
    """What the customer has on the phone, in the order it came there; and, for the player, refusals."""
    thread = hub.world.thread(line.phone_number_id, who.id)
    there = [one for one in thread if one.direction == "in" or one.shown_at is not None or one.has("failed")]
    return sorted(there, key=lambda one: one.shown_seq or one.seq)


def bubble(hub: Hub, message: Message, reactions: dict[str, str]) -> Json:
    body: Json = {
        "wamid": message.wamid,
        "mine": message.direction == "in",
        "type": message.type,
        "content": message.content,
        "at": message.shown_at or message.at,
        "state": message.state,
        "seen": bool(message.extra.get("seen")),
        "reactions": reactions,
        "revoked": bool(message.extra.get("revoked")),
        "edited": message.extra.get("edited"),
        "forwarded": bool(message.extra.get("context", {}).get("forwarded")),
        "template": _template(hub, message),
        "preview": preview(message),
        "quote": _quote(hub, message),
        "media": _media(hub, message),
    }
    if message.direction == "out":
        body["price"] = {"usd": amount_usd(message.price, message.persona)} | message.price
        failed = next((one for one in message.states if one["status"] == "failed"), None)
        body["error"] = {"code": failed["code"], "detail": failed.get("details", "")} if failed else None
    return body


def preview(message: Message) -> str:
    """One line that stands for a message in lists and quotes."""
    if message.extra.get("revoked"):
        return "🚫 Deleted message"
    part = message.content.get(message.type, {})
    if message.type == "text":
        return str(message.extra.get("edited") or part.get("body", ""))
    if message.type == "template":
        return str((message.extra.get("template") or {}).get("body", "Template"))
    if message.type == "interactive":
        return _asked_or_answered(part)
    if message.type == "button":
        return str(part.get("text", ""))
    name = PREVIEWS.get(message.type, message.type)
    return f"{name.split()[0]} {part['caption']}" if isinstance(part, dict) and part.get("caption") else name


def _asked_or_answered(part: Json) -> str:
    answer = part.get("button_reply") or part.get("list_reply")
    if answer:
        return str(answer["title"])
    if form := part.get("nfm_reply"):
        return f"📝 {form.get('body') or 'Form'}"
    words = str((part.get("body") or {}).get("text", ""))
    return words or "🛍️ Product"


def _reactions(thread: list[Message]) -> dict[str, dict[str, str]]:
    """The newest reaction of each side on each message."""
    found: dict[str, dict[str, str]] = {}
    for one in thread:
        if one.type == "reaction" and not one.has("failed"):
            reaction = one.content["reaction"]
            sides = found.setdefault(reaction["message_id"], {})
            sides["me" if one.direction == "in" else "business"] = reaction.get("emoji", "")
    return {wamid: {side: emoji for side, emoji in sides.items() if emoji} for wamid, sides in found.items()}


def _quote(hub: Hub, message: Message) -> Json | None:
    quoted = hub.world.messages.get(message.context) if message.context else None
    if quoted is None:
        return None
    return {"wamid": quoted.wamid, "mine": quoted.direction == "in", "preview": preview(quoted)}


def _template(hub: Hub, message: Message) -> Json | None:
    """Each card of a carousel has a picture or a video of its own."""
    shown: Json | None = message.extra.get("template")
    if not shown or not shown.get("cards"):
        return shown
    return shown | {"cards": [card | {"media": _file(hub, *_header(card))} for card in shown["cards"]]}


def _header(shown: Json) -> tuple[str, Json]:
    header = shown.get("header_media") or {}
    kind = str(header.get("type", ""))
    return kind, header.get(kind) or {}


def _media(hub: Hub, message: Message) -> Json | None:
    kind, part = message.type, message.content.get(message.type, {})
    if kind == "template":
        kind, part = _header(message.extra.get("template") or {})
    if kind == "interactive" and (above := asks.header_file(message.content)):
        kind, part = above
    return _file(hub, kind, part, str(message.extra.get("media_id") or ""))


def _file(hub: Hub, kind: str, part: Json, media_id: str = "") -> Json | None:
    if kind not in MEDIA_TYPES:
        return None
    found = hub.world.media.get(media_id or str(part.get("id") or ""))
    if found is None:
        return {
            "kind": kind,
            "url": None,
            "link": part.get("link"),
            "mime_type": "",
            "size": 0,
            "filename": part.get("filename", ""),
        }
    return {
        "kind": kind,
        "url": f"/phone/media/{found.id}",
        "link": None,
        "mime_type": found.mime_type,
        "size": found.size,
        "filename": part.get("filename") or found.filename,
    }
