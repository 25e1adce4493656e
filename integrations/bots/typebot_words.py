"""What a Typebot says: its bubbles, the silences between them, and the commands hidden in a text."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from integrations.bots import richtext, words
from integrations.bots.port import Act, Bubble, Media

COMMAND = "#{"


def said(
    messages: Sequence[Mapping[str, Any]], actions: Sequence[Mapping[str, Any]]
) -> tuple[list[Bubble], tuple[Act, ...]]:
    """Bubbles in order. A client-side action belongs behind the bubble it names, or before the first."""
    bubbles: list[Bubble] = []
    acts: list[Act] = []
    wait = _before(bubbles, actions, None, 0.0)
    for message in messages:
        text, media, url = _content(message)
        if not url and text.startswith(COMMAND):
            acts += commands(text)
        elif text or url:
            bubbles.append(Bubble(text[: words.LONGEST], media, url, wait=wait))
            wait = 0.0
        wait = _before(bubbles, actions, str(message.get("id") or ""), wait)
    return bubbles, tuple(acts)


def commands(text: str) -> list[Act]:
    """`#{"stopBot": true}`, `#{"queueId": 3, "userId": 7}`, `#{"closeTicket": true}`, `#{"tag": "vip"}`.

    What cannot be read is dropped: a customer is never shown a command.
    """
    try:
        given = json.loads(text[1:])
    except ValueError:
        return []
    if not isinstance(given, dict):
        return []
    meant = {
        "setTag": given.get("tag") or given.get("setTag"),
        "setTags": given.get("tags") or given.get("setTags"),
        "transferQueue": given.get("queueId") or given.get("transferQueue"),
        "transferAgent": given.get("userId") or given.get("transferAgent"),
        "closeTicket": given.get("closeTicket") is True or given.get("close") is True,
        "leave": given.get("stopBot") is True or given.get("leave") is True,
    }
    return list(words.acts_of(meant))


def _content(message: Mapping[str, Any]) -> tuple[str, Media, str]:
    content = message.get("content")
    if not isinstance(content, Mapping):
        return "", "", ""
    kind = message.get("type")
    if kind == "text":
        return _text(content), "", ""
    url = str(content.get("url") or "").strip()
    if kind == "image":
        return "", "image", url
    if kind == "audio":
        return "", "audio", url
    if kind == "video" and content.get("type", "url") == "url":
        return "", "video", url
    # A film elsewhere, a page that a browser would show inside the chat: here a link.
    return _link(content, url), "", ""


def _text(content: Mapping[str, Any]) -> str:
    if content.get("type") == "markdown":
        return richtext.from_markdown(str(content.get("markdown") or ""))
    if "richText" in content:
        return richtext.marked(content["richText"])
    return str(content.get("plainText") or "").strip()


def _link(content: Mapping[str, Any], url: str) -> str:
    if url or not content.get("id"):
        return url
    film, number = content.get("type"), str(content["id"])
    homes = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}
    return homes[film] + number if film in homes else ""


def _before(
    bubbles: list[Bubble], actions: Sequence[Mapping[str, Any]], after: str | None, wait: float
) -> float:
    """Do what stands behind this bubble; the silence before the next one grows with each wait."""
    for action in actions:
        if (action.get("lastBubbleBlockId") or None) != (after or None):
            continue
        wished = action.get("wait")
        if action.get("type") == "wait" and isinstance(wished, Mapping):
            wait = words.seconds(wait + words.seconds(wished.get("secondsToWaitFor")))
        target = action.get("redirect")
        if action.get("type") == "redirect" and isinstance(target, Mapping) and target.get("url"):
            bubbles.append(Bubble(str(target["url"])[: words.LONGEST], wait=wait))
            wait = 0.0
    return wait
