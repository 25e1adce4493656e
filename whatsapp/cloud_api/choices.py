"""Something to tap instead of writing: up to three buttons, else a list of up to ten lines."""

from typing import Any

BUTTONS, LINES = 3, 10
BUTTON_TITLE, LINE_TITLE, LINE_ABOUT = 20, 24, 72
BUTTONS_TEXT, LIST_TEXT = 1024, 4096

Body = dict[str, Any]


def interactive(choices: Body | None) -> Body | None:
    """None where WhatsApp would not take it: the same as text, with a number for each choice, goes instead."""
    if not choices or not choices["ask"]:
        return None
    options: list[dict[str, str]] = choices["options"]
    longest = max(len(option["title"]) for option in options)
    ask = {"body": {"text": choices["ask"]}}
    if len(options) <= BUTTONS and longest <= BUTTON_TITLE and len(choices["ask"]) <= BUTTONS_TEXT:
        buttons = [{"type": "reply", "reply": _row(option)} for option in options]
        return {"type": "button", **ask, "action": {"buttons": buttons}}
    if len(options) <= LINES and longest <= LINE_ABOUT and len(choices["ask"]) <= LIST_TEXT:
        rows = [_line(option) for option in options]
        label = choices["label"][:BUTTON_TITLE]
        return {"type": "list", **ask, "action": {"button": label, "sections": [{"rows": rows}]}}
    return None


def _line(option: dict[str, str]) -> dict[str, str]:
    """A title that is too long is cut, and stands below in full."""
    title = option["title"]
    if len(title) <= LINE_TITLE:
        return _row(option)
    return {"id": option["id"], "title": f"{title[: LINE_TITLE - 1].rstrip()}…", "description": title}


def _row(option: dict[str, str]) -> dict[str, str]:
    return {"id": option["id"], "title": option["title"]}
