"""A town of people who write to a business: who they are, and what webhooks tell of them."""

import random
from dataclasses import dataclass, field, replace
from typing import Any

START = 1_790_000_000
HOME, SISTER, FOREIGN = "home", "sister", "foreign"  # the business's numbers; the first two have one owner
Value = dict[str, Any]


@dataclass
class Someone:
    """`phone` is WhatsApp's own spelling, `typed` how an agent would write it."""

    id: int
    country: str
    phone: str
    typed: str
    generation: int = 0
    parent: bool = False
    username: str = ""

    @property
    def bsuid(self) -> str:
        return self.id_at(HOME)

    def id_at(self, at: str) -> str:
        """Every portfolio knows them by another id."""
        return f"{self.country}.{self.id:06d}g{self.generation}{'f' if at == FOREIGN else ''}"

    @property
    def parent_id(self) -> str:
        return f"{self.country}.ENT.{self.id:06d}g{self.generation}"


@dataclass
class Town:
    """`wrote`: the person behind each message. `typed`: contacts that agents made, with the person they meant."""

    rng: random.Random
    wrote: dict[str, int] = field(default_factory=dict)
    typed: list[tuple[str, int]] = field(default_factory=list)
    people: int = 0
    count: int = 0

    def someone(self, place: str, **more: Any) -> Someone:
        self.people += 1
        n = self.people
        phone, typed = _NUMBERS[place](n)
        return Someone(n, place[:2].upper(), phone, typed, **more)

    def says(
        self, who: Someone, *, shown: bool = True, ids: bool = True, at: str = HOME, **more: Any
    ) -> Value:
        """A message. `shown`: with the phone number; `ids`: with user ids, as since 2026; `at`: to which number."""
        return self._with(
            who, self._message(who, shown=shown, ids=ids, at=at), shown=shown, ids=ids, at=at, **more
        )

    def gives_number(self, who: Someone) -> Value:
        """The answer to the button that asks for the number."""
        message = self._message(who, shown=False, ids=True, at=HOME)
        del message["text"]
        phones = [{"phone": f"+{who.phone}", "wa_id": who.phone}]
        message |= {"type": "contacts", "contacts": [{"phones": phones, "origin": "contact_request"}]}
        return self._with(who, message, shown=False, ids=True, at=HOME)

    def moves(self, who: Someone, place: str) -> Value:
        """Another number, so another user id; WhatsApp tells the business in a system message."""
        before = replace(who)
        self.people += 1
        who.phone, who.typed = _NUMBERS[place](self.people)
        who.generation += 1
        return self.tells_of_move(before, who)

    def tells_of_move(self, before: Someone, who: Someone, at: str = HOME) -> Value:
        system = {"type": "user_changed_number", "wa_id": who.phone, "user_id": who.id_at(at),
                  "previous_user_id": before.id_at(at)}  # fmt: skip
        if who.parent:
            system |= {"parent_user_id": who.parent_id, "previous_parent_user_id": before.parent_id}
        message = {"from": before.phone, "id": self._wamid(), "timestamp": self._time(), "type": "system",
                   "system": system}  # fmt: skip
        return {"at": at, "messages": [message]}

    def _with(
        self, who: Someone, message: Value, *, shown: bool, ids: bool, at: str, in_wrong_field: bool = False
    ) -> Value:
        profile = {"name": f"Pessoa {who.id}"} | ({"username": who.username} if who.username else {})
        card: Value = {"profile": profile}
        if shown:
            card["wa_id"] = who.phone
        if ids:
            card["user_id"] = who.id_at(at)
        if in_wrong_field:  # seen in the wild: a user id where the number belongs
            card["wa_id"] = message["from"] = who.bsuid
        return {"at": at, "contacts": [card], "messages": [message]}

    def _message(self, who: Someone, *, shown: bool, ids: bool, at: str) -> Value:
        wamid = self._wamid()
        self.wrote[wamid] = who.id
        message: Value = {
            "id": wamid,
            "timestamp": self._time(),
            "type": "text",
            "text": {"body": f"Oi de {who.id}"},
        }
        if shown:
            message["from"] = who.phone
        if ids:
            message["from_user_id"] = who.id_at(at)
            if who.parent:
                message["from_parent_user_id"] = who.parent_id
        return message

    def _wamid(self) -> str:
        self.count += 1
        return f"wamid.{self.count}"

    def _time(self) -> str:
        return str(START + self.count)


def _br_mobile(n: int) -> tuple[str, str]:
    return f"551197{n:07d}", f"+55 11 97{n:07d}"


def _br_old_mobile(n: int) -> tuple[str, str]:
    """Registered before the ninth digit: WhatsApp knows it without."""
    return f"55118{n:07d}", f"+55 11 98{n:07d}"


def _br_landline(n: int) -> tuple[str, str]:
    return f"55113{n:07d}", f"+55 11 3{n:07d}"


def _ar(n: int) -> tuple[str, str]:
    return f"54911{n:08d}", f"+54 11 {n:08d}"


def _mx(n: int) -> tuple[str, str]:
    return f"52155{n:08d}", f"+52 55 {n:08d}"


_NUMBERS = {
    "br_mobile": _br_mobile, "br_old_mobile": _br_old_mobile, "br_landline": _br_landline, "ar": _ar, "mx": _mx,
}  # fmt: skip
