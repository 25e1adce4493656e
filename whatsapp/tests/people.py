"""People who write to a business in 2026, with everything WhatsApp lets them do to their identity.

Each story is a list of rounds; a round is what one webhook tells of it. Who wrote is noted beside every message, so
that a test can compare the contacts that came out with the people that went in.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from whatsapp.tests.town import FOREIGN, SISTER, Town, Value

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


def writes_to_two_numbers_of_one_owner(town: Town, place: str) -> Iterator[Value]:
    """Two accounts of one portfolio: the same user id."""
    who = town.someone(place)
    yield town.says(who)
    yield town.says(who, at=SISTER, shown=town.rng.random() < 0.5)
    yield town.says(who, at=SISTER)
    yield town.says(who, shown=False)


def number_is_recycled_at_another_number_of_the_owner(town: Town, place: str) -> Iterator[Value]:
    """The heir writes to another account of the same portfolio: another user id there is another person as well."""
    who, heir = town.someone(place), town.someone(place)
    yield town.says(who)
    heir.phone = who.phone
    yield town.says(heir, at=SISTER)
    yield town.says(who, shown=False, at=SISTER)
    yield town.says(heir, shown=town.rng.random() < 0.5)
    yield town.says(who, shown=False)


def writes_to_another_portfolio(town: Town, place: str) -> Iterator[Value]:
    """One person with two user ids; then another number, of which each portfolio is told in its time."""
    who = town.someone(place)
    yield town.says(who)
    yield town.says(who, at=FOREIGN)
    yield town.says(who, at=FOREIGN, shown=False)
    yield town.says(who, shown=False)
    before = replace(who)
    yield town.moves(who, place)
    yield town.says(who, at=FOREIGN)
    yield town.tells_of_move(before, who, at=FOREIGN)
    yield town.says(who, at=FOREIGN, shown=False)
    yield town.says(who, at=SISTER, shown=False)


def number_is_recycled_where_both_portfolios_know_it(town: Town, place: str) -> Iterator[Value]:
    who, heir = town.someone(place), town.someone(place)
    yield town.says(who)
    yield town.says(who, at=FOREIGN)
    heir.phone = who.phone
    yield town.says(heir, at=FOREIGN)
    yield town.says(heir)
    yield town.says(who, at=FOREIGN, shown=False)
    yield town.says(who, shown=False)


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
    (writes_to_two_numbers_of_one_owner, 40),
    (number_is_recycled_at_another_number_of_the_owner, 60),
    (writes_to_another_portfolio, 40),
    (number_is_recycled_where_both_portfolios_know_it, 40),
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
