"""Two contacts become one and two again: what moves, what is refused, and that nothing is lost on the way."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.world import make_company
from tickets.actions import inbound, merges
from tickets.models import (
    Contact,
    ContactAddress,
    ContactNote,
    ContactTag,
    Message,
    Rating,
    ScheduledContact,
    ScheduledMessage,
    ScheduledSend,
    Tag,
    Ticket,
)
from tickets.transport import Address, Inbound, Sender

pytestmark = pytest.mark.django_db

NEVER_THE_SAME = {"version", "updated_at"}
FOLLOWED = (
    Contact, ContactAddress, ContactNote, ContactTag, Message, Rating, ScheduledContact, ScheduledSend, Ticket,
)  # fmt: skip


@pytest.fixture
def boss(as_, sofia):
    return as_(sofia)


@pytest.fixture
def two(acme_world):
    """The same Maria twice: with her number, and with the user id of a hidden number."""
    with_number = acme_world.contact("Maria Souza", number="5511987654321", email="maria@exemplo.com")
    with acme_world.scope():
        hidden = Contact(name="Maria", username="maria.s", notes="Prefere manhã")
        hidden.search = hidden.search_text()
        hidden.save()
        ContactAddress.objects.create(contact=hidden, kind="bsuid", value="BR.42", scope="p1")
    return with_number, hidden


def merge(client, gone, into, *, status=201, **options):
    answer = client.post(f"/api/contacts/{gone.pk}/merge/", {"into": into.pk, **options}, format="json")
    assert answer.status_code == status, answer.content
    return answer.json()


def part(client, row, *, status=200):
    answer = client.post(f"/api/contact-merges/{row['id']}/undo/")
    assert answer.status_code == status, answer.content
    return answer.json()


def shown(client, contact):
    return client.get(f"/api/contacts/{contact.pk}/").json()


def writes(world, line, *addresses, body="Oi", name="Maria"):
    sender = Sender(addresses=tuple(Address(*address) for address in addresses), name=name)
    item = Inbound(
        provider_id=f"wamid.{body}.{now().timestamp()}", sender=sender, kind="text", body=body, at=now()
    )
    with world.scope():
        return Ticket.objects.get(pk=inbound.receive_all(line, [item])[0].ticket_id)


def test_the_survivor_has_everything_of_both(boss, two, acme_world, line):
    maria, hidden = two
    ticket = acme_world.ticket(line, hidden, status="closed", closed_at=now())
    boss.post(f"/api/contacts/{hidden.pk}/notes/", {"body": "Cliente desde 2019"})
    row = merge(boss, hidden, maria)
    assert row["moved"] == {"addresses": 1, "tickets": 1, "notes": 1, "tags": 0}
    one = shown(boss, maria)
    assert (one["name"], one["username"], one["notes"]) == ("Maria Souza", "maria.s", "Prefere manhã")
    assert {address["kind"] for address in one["addresses"]} == {"phone", "bsuid"}
    assert [one["id"] for one in boss.get(f"/api/contacts/{maria.pk}/tickets/").json()["results"]] == [
        ticket.pk
    ]
    gone = shown(boss, hidden)
    assert (gone["is_deleted"], gone["merged_into"]) == (True, maria.pk)


def test_the_survivor_takes_what_the_other_one_knows_better_when_told_so(boss, two):
    maria, hidden = two
    merge(boss, hidden, maria, take=["name"])
    assert shown(boss, maria)["name"] == "Maria"


def test_taking_apart_gives_both_back_as_they_were(boss, two):
    maria, hidden = two
    before = [without_clock(shown(boss, one)) for one in two]
    part(boss, merge(boss, hidden, maria))
    assert [without_clock(shown(boss, one)) for one in two] == before


def test_what_somebody_changed_since_stays_with_the_survivor(boss, two):
    maria, hidden = two
    row = merge(boss, hidden, maria)
    boss.patch(f"/api/contacts/{maria.pk}/", {"name": "Maria Souza Lima"})
    part(boss, row)
    assert shown(boss, maria)["name"] == "Maria Souza Lima"
    assert shown(boss, hidden)["name"] == "Maria"


def test_what_was_written_since_goes_to_whom_its_address_says(boss, two, acme_world, line):
    maria, hidden = two
    row = merge(boss, hidden, maria)
    theirs = writes(acme_world, line, ("bsuid", "BR.42", "p1"))
    assert theirs.contact_id == maria.pk
    part(boss, row)
    assert [one["id"] for one in boss.get(f"/api/contacts/{hidden.pk}/tickets/").json()["results"]] == [
        theirs.pk
    ]
    assert boss.get(f"/api/contacts/{maria.pk}/tickets/").json()["results"] == []


def test_an_address_learned_since_goes_with_the_person_who_wrote_from_it(boss, two, acme_world, line):
    maria, hidden = two
    row = merge(boss, hidden, maria)
    writes(acme_world, line, ("bsuid", "BR.42", "p1"), ("lid", "777", ""))
    part(boss, row)
    assert {one["value"] for one in shown(boss, hidden)["addresses"]} == {"BR.42", "777"}
    assert {one["value"] for one in shown(boss, maria)["addresses"]} == {"5511987654321"}


def test_every_address_has_its_evidence(boss, two, acme_world, line):
    maria, hidden = two
    ticket = writes(acme_world, line, ("bsuid", "BR.99", "p1"), ("phone", "5521999990000", ""), name="Rui")
    rows = boss.get(f"/api/contacts/{ticket.contact_id}/evidence/").json()
    assert {(row["kind"], row["how"], row["ticket"]["number"]) for row in rows} == {
        ("bsuid", "message", ticket.number),
        ("phone", "message", ticket.number),
    }
    row = merge(boss, hidden, maria)
    came = {one["value"]: one["merge"] for one in boss.get(f"/api/contacts/{maria.pk}/evidence/").json()}
    assert came == {"5511987654321": None, "BR.42": row["id"]}


def test_two_live_tickets_on_one_number_are_merged_only_when_told_so(boss, two, acme_world, line):
    maria, hidden = two
    first = acme_world.ticket(line, maria)
    second = acme_world.ticket(line, hidden)
    said = acme_world.message(second, "Sou eu")
    refused = merge(boss, hidden, maria, status=409)
    assert refused["code"] == "merge_live_tickets"
    row = merge(boss, hidden, maria, merge_tickets=True)
    thread = boss.get(f"/api/tickets/{first.pk}/messages/").json()["results"]
    assert said.pk in {message["id"] for message in thread}
    part(boss, row)
    assert boss.get(f"/api/tickets/{second.pk}/").json()["status"] == "pending"
    thread = boss.get(f"/api/tickets/{second.pk}/messages/").json()["results"]
    assert said.pk in {message["id"] for message in thread}


def test_tickets_that_went_on_since_give_each_its_own_messages_back(boss, two, acme_world, line):
    maria, hidden = two
    first, second = acme_world.ticket(line, maria), acme_world.ticket(line, hidden)
    said = acme_world.message(second, "Sou eu")
    row = merge(boss, hidden, maria, merge_tickets=True)
    boss.post(f"/api/tickets/{first.pk}/close/")
    part(boss, row)
    with acme_world.scope():
        assert Message.objects.get(pk=said.pk).ticket_id == second.pk
        assert Ticket.objects.get(pk=second.pk).contact_id == hidden.pk


def test_what_makes_no_sense_is_refused_in_words(boss, two, acme_world):
    maria, hidden = two
    assert merge(boss, maria, maria, status=409)["code"] == "merge_itself"
    row = merge(boss, hidden, maria)
    assert merge(boss, hidden, maria, status=409)["code"] == "contact_gone"
    assert boss.post(f"/api/contacts/{hidden.pk}/restore/").json()["code"] == "contact_merged"
    later = merge(boss, acme_world.contact("Outra"), maria)
    assert part(boss, row, status=409)["code"] == "merge_not_last"
    part(boss, later)
    part(boss, row)
    assert part(boss, row, status=409)["code"] == "merge_undone"


def test_a_message_that_has_not_left_yet_holds_the_merge(boss, two, acme_world, line):
    maria, hidden = two
    acme_world.message(acme_world.ticket(line, hidden), direction="out", state="queued")
    assert merge(boss, hidden, maria, status=409)["code"] == "merge_unsent"


def test_the_other_contact_is_found_by_its_number_no_more_and_again(boss, two, acme_world, line):
    maria, hidden = two
    row = merge(boss, maria, hidden)
    assert shown(boss, hidden)["number"] == "5511987654321"
    assert writes(acme_world, line, ("phone", "5511987654321", "")).contact_id == hidden.pk
    part(boss, row)
    assert shown(boss, hidden)["number"] is None
    assert shown(boss, maria)["number"] == "5511987654321"


def test_agents_see_merges_and_do_not_make_them(api, boss, two):
    maria, hidden = two
    row = merge(boss, hidden, maria)
    found = api.get("/api/contact-merges/", {"contact": hidden.pk}).json()["results"]
    assert [one["id"] for one in found] == [row["id"]]
    assert api.post(f"/api/contact-merges/{row['id']}/undo/").status_code == 403


def without_clock(row):
    return {name: value for name, value in row.items() if name not in NEVER_THE_SAME}


# --- The property ---

texts = st.text(st.sampled_from("abcÉã 1"), max_size=6).map(str.strip)
moments = st.none() | st.integers(1, 500).map(lambda days: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days))
persons = st.fixed_dictionaries(
    {
        "name": texts,
        "username": texts,
        "email": st.sampled_from(["", "a@x.com"]),
        "notes": texts,
        "is_blocked": st.booleans(),
        "bot_off": st.booleans(),
        "consented_at": moments,
        "custom_fields": st.dictionaries(st.sampled_from(["plan", "city"]), texts, max_size=2),
        "has_number": st.booleans(),
        "ended": st.booleans(),
        "tags": st.sets(st.integers(0, 2)),
        "notes_written": st.integers(0, 2),
        "tickets": st.lists(st.sampled_from(["pending", "open", "closed"]), max_size=3, unique=True),
        "said": st.integers(0, 3),
        "rated": st.sampled_from(["", "asked", "answered"]),
        "scheduled": st.sets(st.integers(0, 1)),
    }
)


def build(world, person, lines, tags, schedules, digit):
    number = f"551190000000{digit}" if person["has_number"] else ""
    columns = {
        name: person[name]
        for name in (
            "name",
            "username",
            "email",
            "notes",
            "is_blocked",
            "bot_off",
            "consented_at",
            "custom_fields",
        )
    }
    with world.scope():
        contact = Contact(number=number, **columns)
        contact.search = contact.search_text()
        contact.save()
        addresses = [("bsuid", f"BR.{digit}", None), ("lid", f"{digit}", now() if person["ended"] else None)]
        addresses += [("phone", number, None)] if number else []
        for kind, value, ended_at in addresses:
            ContactAddress.objects.create(contact=contact, kind=kind, value=value, ended_at=ended_at)
        for place in person["tags"]:
            ContactTag.objects.create(contact=contact, tag=tags[place])
        for at in range(person["notes_written"]):
            ContactNote.objects.create(contact=contact, body=f"{at}")
        for schedule in (schedules[place] for place in person["scheduled"]):
            ScheduledContact.objects.create(schedule=schedule, contact=contact)
            ScheduledSend.objects.create(schedule=schedule, contact=contact, occurrence=1, due_at=now())
    for place, status in enumerate(person["tickets"]):
        ticket = world.ticket(lines[0 if status == "pending" else 1], contact, status=status)
        for _ in range(person["said"]):
            world.message(ticket)
        if person["rated"] and place == 0:
            with world.scope():
                Rating.objects.create(
                    ticket=ticket, contact=contact, connection_id=ticket.connection_id, scale="csat",
                    state=person["rated"], asked_at=now(), expires_at=now(),
                )  # fmt: skip
    return contact


def everything(world):
    with world.scope():
        return {
            model.__name__: {
                row.pk: {
                    **model_to_dict(row, [field.name for field in model._meta.concrete_fields]),
                    "created_at": row.created_at,
                }
                | dict.fromkeys(NEVER_THE_SAME)
                for row in model.objects.all()
            }
            for model in FOLLOWED
        }


@pytest.mark.no_cover
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    one=persons,
    other=persons,
    take=st.sets(st.sampled_from(merges.CHOOSABLE)),
)
def test_whatever_two_contacts_have_merging_and_parting_leaves_every_row_as_it_was(one, other, take, db):
    with transaction.atomic():
        _merged_and_parted(one, other, take)
        transaction.set_rollback(True)


def _merged_and_parted(one, other, take):
    world = make_company("Any")
    lines = [world.connection("First"), world.connection("Second")]
    with world.scope():
        tags = [Tag.objects.create(name=name) for name in "ABC"]
        schedules = [
            ScheduledMessage.objects.create(
                connection=lines[0], body="Oi", first_at=now(), next_at=now(), armed_at=now()
            )
            for _ in range(2)
        ]
    survivor = build(world, one, lines, tags, schedules, 1)
    merged = build(world, other, lines, tags, schedules, 2)
    before = everything(world)
    person = world.person(f"Someone {survivor.pk}", "admin")
    with world.scope():
        row = merges.merge(merged, into=survivor, by=person, take=sorted(take), merge_tickets=True)
        assert not ContactAddress.objects.filter(contact=merged).exists()
        merges.take_apart(row, by=person)
    after = everything(world)
    for name, rows in before.items():
        assert after[name] == rows, name
