"""People who write to a business in 2026, with everything WhatsApp lets them do to their identity.

Each story is a list of rounds; a round is what one webhook tells of it. Who wrote is noted beside every message, so
that a test can compare the contacts that came out with the people that went in.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

START = 1_790_000_000
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
        return f"{self.country}.{self.id:06d}g{self.generation}"

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

    def says(self, who: Someone, *, shown: bool = True, ids: bool = True, **more: Any) -> Value:
        """A message. `shown`: with the phone number; `ids`: with user ids, as since 2026."""
        return self._with(who, self._message(who, shown=shown, ids=ids), shown=shown, ids=ids, **more)

    def gives_number(self, who: Someone) -> Value:
        """The answer to the button that asks for the number."""
        message = self._message(who, shown=False, ids=True)
        del message["text"]
        phones = [{"phone": f"+{who.phone}", "wa_id": who.phone}]
        message |= {"type": "contacts", "contacts": [{"phones": phones, "origin": "contact_request"}]}
        return self._with(who, message, shown=False, ids=True)

    def moves(self, who: Someone, place: str) -> Value:
        """Another number, so another user id; WhatsApp tells the business in a system message."""
        old_phone, old_id, old_parent = who.phone, who.bsuid, who.parent_id
        self.people += 1
        who.phone, who.typed = _NUMBERS[place](self.people)
        who.generation += 1
        system = {"type": "user_changed_number", "wa_id": who.phone, "user_id": who.bsuid,
                  "previous_user_id": old_id}  # fmt: skip
        if who.parent:
            system |= {"parent_user_id": who.parent_id, "previous_parent_user_id": old_parent}
        message = {"from": old_phone, "id": self._wamid(), "timestamp": self._time(), "type": "system",
                   "system": system}  # fmt: skip
        return {"messages": [message]}

    def _with(
        self, who: Someone, message: Value, *, shown: bool, ids: bool, in_wrong_field: bool = False
    ) -> Value:
        profile = {"name": f"Pessoa {who.id}"} | ({"username": who.username} if who.username else {})
        card: Value = {"profile": profile}
        if shown:
            card["wa_id"] = who.phone
        if ids:
            card["user_id"] = who.bsuid
        if in_wrong_field:  # seen in the wild: a user id where the number belongs
            card["wa_id"] = message["from"] = who.bsuid
        return {"contacts": [card], "messages": [message]}

    def _message(self, who: Someone, *, shown: bool, ids: bool) -> Value:
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
            message["from_user_id"] = who.bsuid
            if who.parent:
                message["from_parent_user_id"] = who.parent_id
        return message

    def _wamid(self) -> str:
        self.count += 1
        return f"wamid.{self.count}"

    def _time(self) -> str:
        return str(START + self.count)


Story = Callable[[Town, str], Iterator[Value]]


def typed_then_writes(town: Town, place: str) -> Iterator[Value]:
    """An agent typed the number as people write it; WhatsApp spells it its own way."""
    who = town.someone(place)
    town.typed.append((who.typed, who.id))
    yield town.says(who, ids=False)
    yield town.says(who)
    yield town.says(who, shown=False)


def id_first_phone_later(town: Town, place: str) -> Iterator[Value]:
    who = town.someone(place, parent=town.rng.random() < 0.3, username="")
    yield town.says(who, shown=False)
    yield town.says(who)
    yield town.says(who, ids=False)


def hides_and_shows(town: Town, place: str) -> Iterator[Value]:
    """Somebody adopts a user name, changes it, and drops it again."""
    who = town.someone(place)
    yield town.says(who)
    who.username = f"user.{who.id}"
    yield town.says(who, shown=False)
    who.username = f"user.{who.id}.new"
    yield town.says(who, shown=False)
    who.username = ""
    yield town.says(who)


def changes_number(town: Town, place: str) -> Iterator[Value]:
    who = town.someone(place, parent=town.rng.random() < 0.3)
    yield town.says(who)
    late = town.says(who)
    yield town.moves(who, place)
    yield town.says(who, shown=town.rng.random() < 0.5)
    yield late
    yield town.moves(who, place)
    yield town.says(who)


def number_is_recycled(town: Town, place: str) -> Iterator[Value]:
    """The phone company gives the number to somebody else, who writes to the same business."""
    who, heir = town.someone(place), town.someone(place)
    yield town.says(who)
    heir.phone = who.phone
    yield town.says(heir)
    yield town.says(who, shown=False)
    yield town.says(heir, shown=town.rng.random() < 0.5)


def moves_and_the_number_is_recycled(town: Town, place: str) -> Iterator[Value]:
    who, heir = town.someone(place), town.someone(place)
    left = who.phone
    yield town.says(who)
    yield town.moves(who, place)
    heir.phone = left
    yield town.says(heir)
    yield town.says(who)
    yield town.says(heir, shown=False)


def user_name_goes_to_another(town: Town, place: str) -> Iterator[Value]:
    """The same user name and the same first name: two people all the same."""
    who, heir = town.someone(place), town.someone(place)
    who.username = heir.username = f"nick.{who.id}"
    yield town.says(who, shown=False)
    yield town.says(heir, shown=False)
    who.username = ""
    yield town.says(who)
    yield town.says(heir)


def answers_with_the_number(town: Town, place: str) -> Iterator[Value]:
    who = town.someone(place)
    yield town.says(who, shown=False)
    yield town.gives_number(who)
    yield town.says(who, ids=False)


def user_id_in_the_wrong_field(town: Town, place: str) -> Iterator[Value]:
    who = town.someone(place)
    yield town.says(who, in_wrong_field=True)
    yield town.says(who)
    yield town.says(who, in_wrong_field=True)


def landline_beside_a_mobile(town: Town, place: str) -> Iterator[Value]:
    """A landline has no ninth digit: the mobile number that looks like it is somebody else's."""
    office, neighbour = town.someone("br_landline"), town.someone(place)
    neighbour.phone = office.phone[:4] + "9" + office.phone[4:]
    town.typed.append((office.typed, office.id))
    yield town.says(neighbour, ids=town.rng.random() < 0.5)
    yield town.says(office, ids=False)
    yield town.says(office)


STORIES: list[tuple[Story, int]] = [
    (typed_then_writes, 110),
    (id_first_phone_later, 90),
    (hides_and_shows, 80),
    (changes_number, 80),
    (number_is_recycled, 80),
    (moves_and_the_number_is_recycled, 40),
    (user_name_goes_to_another, 30),
    (answers_with_the_number, 40),
    (user_id_in_the_wrong_field, 20),
    (landline_beside_a_mobile, 30),
]
PLACES = ["br_mobile", "br_old_mobile", "ar", "mx"]


def rounds(town: Town, share: float = 1.0) -> Iterator[list[Value]]:
    """Every story one step further, in any order among each other."""
    running = [story(town, PLACES[n % 4]) for story, many in STORIES for n in range(int(many * share))]
    while running:
        town.rng.shuffle(running)
        told = []
        for story in list(running):
            value = next(story, None)
            if value is None:
                running.remove(story)
            else:
                told.append(value)
        if told:
            yield told


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
