"""Seven hundred and eighty stories of who is who, through the real webhook: nobody twice, no two people in one."""

import json
import random
from collections import defaultdict
from typing import Any

import pytest

from whatsapp.tests.conftest import NUMBER_ID, WABA_ID
from whatsapp.tests.people import STORIES, rounds
from whatsapp.tests.town import FOREIGN, HOME, SISTER, Town

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]
BATCH = 100  # messages in one webhook
MERGES = 40
# Of each number: how Meta calls it, its account, and the portfolio that owns the account.
NUMBERS = {
    HOME: (NUMBER_ID, WABA_ID, "90001"),
    SISTER: ("106540352242923", "102290129340399", "90001"),
    FOREIGN: ("106540352242924", "102290129340400", "90002"),
}
LEFT_OUT = {"version", "updated_at"}  # these grow with whatever happens to a row


@pytest.fixture
def numbers(acme_world: Any, number: Any) -> None:
    """Three numbers that were checked: Meta has told whose their accounts are."""
    with acme_world.scope():
        for at, (number_id, account, portfolio) in NUMBERS.items():
            row = number
            if at != HOME:
                credentials = {**number.credentials, "phone_number_id": number_id, "waba_id": account}
                row = acme_world.connection(
                    at, external_id=number_id, credentials=credentials, queue=number.queue
                )
            row.account, row.portfolio = account, portfolio
            row.save()


@pytest.fixture
def tell(acme_world: Any, meta: Any, numbers: None) -> Any:
    """Tell all stories, or a share of them; agents typed some numbers before."""
    from tickets.actions import contacts

    def run(share: float = 1.0) -> Town:
        town = Town(random.Random(2026))
        typed = 0
        for told in rounds(town, share):
            with acme_world.scope():
                for written, person in town.typed[typed:]:
                    contacts.create(number=written, name=f"Pessoa {person}")
            typed = len(town.typed)
            for start in range(0, len(told), BATCH):
                assert meta.post(_webhook(told[start : start + BATCH])).status_code == 200
        return town

    return run


def test_nobody_becomes_two_contacts_and_no_two_people_become_one(tell, acme_world, messages, events):
    town = tell()
    assert len(events()) == len({event.key for event in events()})
    assert {event.state for event in events()} == {"applied"}
    contacts_of, people_in = defaultdict(set), defaultdict(set)
    for message in messages():
        if message.provider_id not in town.wrote:
            continue
        person = town.wrote[message.provider_id]
        contacts_of[person].add(message.ticket.contact_id)
        people_in[message.ticket.contact_id].add(person)
    _count_typed(acme_world, town, contacts_of, people_in)
    cases = sum(many for _, many in STORIES)
    duplicates = [person for person, found in contacts_of.items() if len(found) > 1]
    false_merges = [contact for contact, found in people_in.items() if len(found) > 1]
    print(
        f"\nidentity: {cases} cases, {len(town.wrote)} messages, {len(contacts_of)} people, {len(people_in)} contacts, "
        f"{len(duplicates)} duplicates, {len(false_merges)} false merges"
    )
    assert (duplicates, false_merges) == ([], [])
    assert cases >= 500 and len(people_in) == len(contacts_of)


def test_taking_a_merge_apart_restores_every_row_byte_for_byte(tell, acme_world, as_, sofia):
    api = as_(sofia)
    tell(0.2)
    rng = random.Random(7)
    with acme_world.scope():
        pairs = _pairs(rng)
        before = _rows(acme_world)
    undo = []
    for one, other in pairs:
        answer = api.post(f"/api/contacts/{one}/merge/", {"into": other, "merge_tickets": True})
        assert answer.status_code == 201, answer.content
        undo.append(answer.json()["id"])
    with acme_world.scope():
        assert _rows(acme_world) != before
    for merge in reversed(undo):
        assert api.post(f"/api/contact-merges/{merge}/undo/").status_code == 200
    with acme_world.scope():
        after = _rows(acme_world)
    changed = [key for key in before if before[key] != after.get(key)]
    print(f"\nun-merge: {len(undo)} merges taken apart, {len(before)} rows compared, {len(changed)} differ")
    assert [(key, before[key], after.get(key)) for key in changed[:3]] == []
    assert len(after) == len(before)


def _webhook(values: list[dict[str, Any]]) -> dict[str, Any]:
    return {"object": "whatsapp_business_account", "entry": [_entry(**value) for value in values]}


def _entry(at: str, **value: Any) -> dict[str, Any]:
    number_id, account, _ = NUMBERS[at]
    metadata = {"display_phone_number": "15550783881", "phone_number_id": number_id}
    around = {"messaging_product": "whatsapp", "metadata": metadata, **value}
    return {"id": account, "changes": [{"field": "messages", "value": around}]}


def _count_typed(world: Any, town: Town, contacts_of: Any, people_in: Any) -> None:
    """Contacts that agents made are people as well."""
    from tickets.models import Contact

    with world.scope():
        named = {
            row.name: row.pk for row in Contact.objects.exclude(email="x").filter(name__startswith="Pessoa")
        }
    for _, person in town.typed:
        pk = named[f"Pessoa {person}"]
        contacts_of[person].add(pk)
        people_in[pk].add(person)


def _pairs(rng: random.Random) -> list[tuple[int, int]]:
    from tickets.models import Contact

    ids = list(Contact.objects.live().order_by("id").values_list("pk", flat=True))
    chosen = rng.sample(ids, MERGES * 2)
    pairs = list(zip(chosen[::2], chosen[1::2], strict=True))
    # A chain: who took others in becomes part of somebody as well.
    return pairs + [(pairs[n][1], pairs[n + 1][1]) for n in range(0, 10, 2)]


def _rows(world: Any) -> dict[tuple[str, int], str]:
    """Every row that a merge may touch, as text."""
    from django.core.serializers.json import DjangoJSONEncoder

    from tickets.models import Contact, ContactAddress, ContactTag, Message, Ticket

    found = {}
    for model in (Contact, ContactAddress, ContactTag, Ticket, Message):
        for row in model.objects.values():
            kept = {name: value for name, value in row.items() if name not in LEFT_OUT}
            found[model.__name__, row["id"]] = json.dumps(kept, cls=DjangoJSONEncoder, sort_keys=True)
    return found
