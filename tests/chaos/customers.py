"""What customers do in the storm: they write, send pictures, change and delete what they wrote, and react.

A change is sent right behind what it changes, and the webhooks are shuffled: many arrive before their targets.
"""

import base64
import random
from dataclasses import dataclass, field
from typing import Any

from tickets.tests.files import picture

PICTURE = picture(size=(64, 48))
CHANGES = {"edit", "revoke", "reaction"}
_PICTURE = base64.b64encode(PICTURE).decode()


@dataclass
class Crowd:
    """Drafts for the emulator, from one seed. Each message is changed at most once, so its end is known."""

    seed: int
    people: int
    dice: random.Random = field(init=False)
    count: int = 0
    changeable: list[tuple[dict[str, Any], str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)

    def drafts(self, number: int, lines: list[str]) -> list[dict[str, Any]]:
        return [self._draft(lines) for _ in range(number)]

    def remember(self, drafts: list[dict[str, Any]], wamids: list[str]) -> None:
        """What was written can be changed from now on."""
        fresh = zip(drafts, wamids, strict=True)
        self.changeable += [(draft, wamid) for draft, wamid in fresh if draft["type"] not in CHANGES]
        self.changeable = self.changeable[-40:]

    def _draft(self, lines: list[str]) -> dict[str, Any]:
        self.count += 1
        lot = self.dice.random()
        if lot < 0.12 and self.changeable:
            return self._change(*self.changeable.pop(self.dice.randrange(len(self.changeable))))
        place = self.dice.randrange(len(lines))
        person = f"5511982{place}{self.dice.randrange(self.people):05d}"
        draft = {
            "persona": person,
            "phone_number_id": lines[place],
            "type": "text",
            "body": f"in {self.count}",
        }
        if lot < 0.2:
            file = {"data_base64": _PICTURE, "mime_type": "image/jpeg"}
            return draft | file | {"type": "image", "caption": draft.pop("body")}
        return draft

    def _change(self, written: dict[str, Any], wamid: str) -> dict[str, Any]:
        kinds = ["edit", "revoke", "reaction"] if written["type"] == "text" else ["revoke", "reaction"]
        kind = self.dice.choice(kinds)
        draft = {
            "persona": written["persona"],
            "phone_number_id": written["phone_number_id"],
            "type": kind,
            "message_id": wamid,
        }
        extra = {"edit": {"body": f"in {self.count} edited"}, "reaction": {"emoji": "🎉"}}
        return draft | extra.get(kind, {})
