"""The ledger as administrators see it: everything that came and went, why, and trying again."""

import pytest

from whatsapp.tests.conftest import MARIA, Meta, payload, status_of, text_from

pytestmark = pytest.mark.django_db


@pytest.fixture
def events_of(boss):
    def ask(**filters):
        answer = boss.get("/api/ledger/events/", filters)
        assert answer.status_code == 200, answer.content
        return answer.json()["results"]

    return ask


def why(rows):
    return [(row["kind"], row["outcome"], row["reason"]) for row in rows]


@pytest.fixture
def work(acme, django_capture_on_commit_callbacks):
    def run():
        from whatsapp.actions.inbound import split

        with django_capture_on_commit_callbacks(execute=True):
            split(acme.pk)

    return run


def test_every_fact_says_what_became_of_it_and_why(meta, number, acme_world, events_of):
    acme_world.contact("Spam", "5511900000001", is_blocked=True)
    meta.post(text_from(MARIA, "Oi", wamid="wamid.1"))
    meta.post(status_of("wamid.nobody", "delivered"))
    meta.post(text_from("5511900000001", "Compre já", wamid="wamid.spam"))
    meta.post(payload("template_status"))
    meta.post({"hello": "world"})
    assert why(events_of()) == [
        ("unknown", "unsupported", "stored_unknown"),
        ("account", "applied", "change_applied"),
        ("message", "skipped", "not_heard"),
        ("status", "applied", "receipt_kept"),
        ("message", "applied", "message_stored"),
    ]


def test_a_fact_leads_to_its_message_ticket_and_contact(meta, number, messages, events_of):
    meta.post(text_from(MARIA, "Oi", wamid="wamid.1"))
    [message] = messages()
    assert events_of()[0]["message"] == {
        "id": message.pk,
        "kind": "text",
        "ticket": message.ticket_id,
        "ticket_number": message.ticket.number,
        "contact": message.ticket.contact_id,
        "contact_name": "Maria Clara",
    }


def test_facts_are_found_by_message_ticket_contact_kind_outcome_and_time(meta, number, messages, events_of):
    meta.post(text_from(MARIA, "Oi", wamid="wamid.1"))
    meta.post(status_of("wamid.1", "read"))
    meta.post(text_from("5511900000009", "Olá", wamid="wamid.2"))
    first = messages()[0]
    assert [row["kind"] for row in events_of(provider_id="wamid.1")] == ["status", "message"]
    assert [row["kind"] for row in events_of(ticket=first.ticket_id)] == ["status", "message"]
    assert [row["kind"] for row in events_of(contact=first.ticket.contact_id)] == ["status", "message"]
    assert len(events_of(kind="message", connection=number.pk)) == 2
    assert len(events_of(outcome="applied")) == 3
    assert events_of(outcome="quarantined") == events_of(until="2020-01-01T00:00:00Z") == []
    assert len(events_of(since="2020-01-01T00:00:00Z")) == 3


def test_what_came_more_than_once_is_found(meta, number, events_of, boss):
    meta.post(text_from(MARIA, "Oi", wamid="wamid.1"))
    meta.post(text_from(MARIA, "Oi", wamid="wamid.1", context={"forwarded": True}))
    [row] = events_of(outcome="duplicate")
    assert (row["provider_id"], row["repeats"]) == ("wamid.1", 1)
    again = boss.get("/api/ledger/payloads/").json()["results"][0]
    assert (again["facts"], again["events"]) == (1, 0)


def test_what_a_number_without_connection_got_is_applied_once_it_is_connected(
    meta, whatsapp_app, acme_world, boss, events_of, messages, work, request
):
    from whatsapp.actions import splitting

    meta.post(text_from(MARIA, "Tem alguém?", wamid="wamid.1"))
    assert why(events_of()) == [("message", "quarantined", "no_connection")]
    request.getfixturevalue("number")
    splitting._known.clear()
    answer = boss.post("/api/ledger/events/replay/", {"kind": "message"})
    assert answer.json() == {"replayed": 1}
    work()
    assert [message.body for message in messages()] == ["Tem alguém?"]
    assert [(row["outcome"], row["repeats"]) for row in events_of()] == [("applied", 0)]


def test_one_quarantined_fact_is_tried_again(
    meta, number, acme_world, boss, events_of, events, messages, work
):
    meta.post(text_from(MARIA, "Oi", wamid="wamid.1"))
    with acme_world.scope():
        events()[0].__class__.objects.update(state="quarantined", tries=8)
        messages()[0].delete()
    [row] = events_of()
    assert (row["reason"], row["can_replay"]) == ("gave_up", True)
    assert boss.post(f"/api/ledger/events/{row['id']}/replay/").json()["outcome"] == "pending"
    work()
    assert [message.body for message in messages()] == ["Oi"]
    refused = boss.post(f"/api/ledger/events/{row['id']}/replay/")
    assert (refused.status_code, refused.json()["code"]) == (409, "event_not_quarantined")


def test_a_webhook_that_cannot_be_read_is_shown_and_read_again(meta, number, boss, work):
    meta.post(b"{not json")
    [row] = boss.get("/api/ledger/payloads/", {"state": "quarantined"}).json()["results"]
    assert (row["size"], row["facts"]) == (9, 0)
    assert boss.get(f"/api/ledger/payloads/{row['id']}/raw/").json()["text"] == "{not json"
    assert boss.post(f"/api/ledger/payloads/{row['id']}/replay/").json()["state"] == "new"
    work()
    assert boss.get(f"/api/ledger/payloads/{row['id']}/").json()["state"] == "quarantined"


def test_the_raw_webhook_hides_numbers_and_secrets_and_each_look_is_written_down(meta, number, boss):
    document = text_from(MARIA, "Oi", wamid="wamid.1", token="abc123")
    document["entry"][0]["changes"][0]["value"]["note"] = "Bearer EAAGabcdefghijklmnopqrstuv"
    meta.post(document)
    [row] = boss.get("/api/ledger/payloads/").json()["results"]
    hidden = boss.get(f"/api/ledger/payloads/{row['id']}/raw/")
    assert MARIA not in hidden.content.decode()
    assert "abc123" not in hidden.content.decode() and "EAAG" not in hidden.content.decode()
    assert "106540352242922" in hidden.content.decode(), "our own number's id says where it came from"
    shown = boss.get(f"/api/ledger/payloads/{row['id']}/raw/", {"numbers": "true"})
    assert MARIA in shown.content.decode() and "abc123" not in shown.content.decode()
    looks = boss.get("/api/audit/", {"action": "ledger.raw_opened"}).json()["results"]
    assert [look["data"] for look in looks] == [{"numbers": True}, {"numbers": False}]


def test_what_was_understood_is_shown_without_numbers(meta, number, boss, events_of):
    meta.post(text_from(MARIA, "Oi", wamid="wamid.1"))
    answer = boss.get(f"/api/ledger/events/{events_of()[0]['id']}/")
    assert answer.json()["facts"]["body"] == "Oi"
    assert MARIA not in answer.content.decode()


def test_every_attempt_to_send_shows_its_cookie_and_what_the_provider_answered(acme_world, number, boss):
    from django.utils.timezone import now

    from tickets.models import Attempt

    ticket = acme_world.ticket(number)
    message = acme_world.message(ticket, "Oi", direction="out", state="failed", provider_id="wamid.out")
    with acme_world.scope():
        first = Attempt.objects.create(
            message=message, number=1, started_at=now(), outcome="postponed", code="130429", detail="Too fast"
        )
        Attempt.objects.create(message=message, number=2, started_at=now())
    rows = boss.get("/api/ledger/attempts/", {"ticket": ticket.pk}).json()["results"]
    assert [(row["number"], row["outcome"], row["code"], row["detail"]) for row in rows] == [
        (2, "", "", ""),
        (1, "postponed", "130429", "Too fast"),
    ]
    assert rows[1]["cookie"] == str(first.cookie)
    assert (rows[0]["provider_id"], rows[0]["state"]) == ("wamid.out", "failed")
    for filters in (
        {"cookie": first.cookie}, {"outcome": "postponed"}, {"provider_id": "wamid.out", "outcome": "postponed"}
    ):  # fmt: skip
        assert [row["number"] for row in boss.get("/api/ledger/attempts/", filters).json()["results"]] == [1]
    assert [
        row["number"] for row in boss.get("/api/ledger/attempts/", {"outcome": "open"}).json()["results"]
    ] == [2]


@pytest.mark.parametrize("noun", ["events", "payloads", "attempts"])
def test_only_administrators_read_the_ledger(noun, as_, ana, sofia, bruno):
    answers = {who.name: as_(who).get(f"/api/ledger/{noun}/").status_code for who in (ana, sofia, bruno)}
    assert answers == {"Ana": 200, "Sofia": 403, "Bruno": 403}


def test_pages_follow_one_another_without_gaps(meta: Meta, number, boss):
    for n in range(7):
        meta.post(text_from(MARIA, str(n), wamid=f"wamid.{n}"))
    seen, url = [], "/api/ledger/events/?limit=3"
    while url:
        page = boss.get(url).json()
        seen += [row["provider_id"] for row in page["results"]]
        url = page["next"]
    assert seen == [f"wamid.{n}" for n in reversed(range(7))]
