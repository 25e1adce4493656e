"""What is known about one contact: notes with their authors, and everything that happened in the order of time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from tickets.models import ContactNote, Rating, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def maria(acme_world):
    return acme_world.contact("Maria")


def note(client, contact, body="Prefere a tarde"):
    answer = client.post(f"/api/contacts/{contact.pk}/notes/", {"body": body})
    assert answer.status_code == 201, answer.content
    return answer.json()


def timeline(client, contact):
    answer = client.get(f"/api/contacts/{contact.pk}/timeline/")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_notes_stay_with_their_author_the_newest_first(api, as_, clara, maria, bruno):
    note(api, maria)
    note(as_(clara), maria, "Paga com Pix")
    found = api.get(f"/api/contacts/{maria.pk}/notes/").json()["results"]
    assert [(row["author"]["name"], row["body"]) for row in found] == [
        ("Clara", "Paga com Pix"),
        ("Bruno", "Prefere a tarde"),
    ]


def test_only_its_author_corrects_a_note_and_an_administrator_may_remove_it(api, as_, clara, ana, maria):
    made = note(api, maria)
    address = f"/api/contact-notes/{made['id']}/"
    assert as_(clara).patch(address, {"body": "X"}).json()["code"] == "note_of_another"
    assert as_(clara).delete(address).json()["code"] == "note_of_another"
    assert api.patch(address, {"body": "Só de manhã"}).json()["body"] == "Só de manhã"
    assert as_(ana).patch(address, {"body": "X"}).status_code == 403
    assert as_(ana).delete(address).status_code == 204
    assert api.get(f"/api/contacts/{maria.pk}/notes/").json()["results"] == []


def test_everything_is_told_in_the_order_of_time_over_all_connections(
    as_, sofia, acme_world, line, maria, bruno
):
    boss = as_(sofia)
    ago = [now() - timedelta(days=days) for days in (4, 3, 2, 1)]
    second = acme_world.connection("Second")
    old = acme_world.ticket(line, maria, status="closed", closed_at=ago[1])
    new = acme_world.ticket(second, maria)
    remark = note(boss, maria)
    with acme_world.scope():
        rating = Rating.objects.create(
            ticket=old, contact=maria, connection=line, agent=bruno, scale="csat", score=5, comment="Ótimo",
            state="answered", asked_at=ago[1], answered_at=ago[2], expires_at=now(),
        )  # fmt: skip
        Ticket.objects.filter(pk=old.pk).update(created_at=ago[0])
        Ticket.objects.filter(pk=new.pk).update(created_at=ago[3])
    twin = acme_world.contact("Maria S.")
    merged = boss.post(f"/api/contacts/{twin.pk}/merge/", {"into": maria.pk}).json()
    boss.post(f"/api/contact-merges/{merged['id']}/undo/")
    found = timeline(boss, maria)["results"]
    assert [(row["kind"], row["id"]) for row in found] == [
        ("unmerge", merged["id"]),
        ("merge", merged["id"]),
        ("note", remark["id"]),
        ("ticket", new.pk),
        ("rating", rating.pk),
        ("ticket", old.pk),
    ]
    rows = {(row["kind"], row["id"]): row["row"] for row in found}
    assert rows[("ticket", new.pk)]["connection"]["name"] == "Second"
    assert (rows[("rating", rating.pk)]["score"], rows[("rating", rating.pk)]["comment"]) == (5, "Ótimo")
    assert rows[("note", remark["id"])]["body"] == "Prefere a tarde"


def test_an_agent_is_told_of_the_tickets_that_the_agent_may_see(api, acme_world, line, maria, support, sales):
    acme_world.ticket(line, maria, queue=support)
    mine = acme_world.ticket(acme_world.connection("Second"), maria, queue=sales)
    assert [row["id"] for row in timeline(api, maria)["results"]] == [mine.pk]


def test_a_long_story_comes_in_pages_that_cost_the_same(api, acme_world, maria):
    with acme_world.scope():
        at = now()
        made = ContactNote.objects.bulk_create(
            ContactNote(company=acme_world.company, contact=maria, body=f"{n}") for n in range(75)
        )
        ContactNote.objects.filter(pk__in=[one.pk for one in made[:40]]).update(
            created_at=at
        )  # the same moment
    seen, url, cost = [], f"/api/contacts/{maria.pk}/timeline/", set()
    while url:
        with CaptureQueriesContext(connection) as queries:
            answer = api.get(url).json()
        cost.add(len(queries))
        seen += [row["id"] for row in answer["results"]]
        url = answer["next"]
    assert len(seen) == len(set(seen)) == 75
    assert len(cost) == 1
    broken = api.get(f"/api/contacts/{maria.pk}/timeline/?cursor=bm9uc2Vuc2U")
    assert broken.json()["code"] == "invalid_cursor"


def test_the_evidence_of_a_number_that_somebody_typed_names_who(api, bruno):
    made = api.post("/api/contacts/", {"name": "Rui", "number": "+55 11 98765-4321"}).json()
    [row] = api.get(f"/api/contacts/{made['id']}/evidence/").json()
    assert (row["how"], row["by"], row["ticket"], row["merge"]) == ("typed", bruno.pk, None, None)
