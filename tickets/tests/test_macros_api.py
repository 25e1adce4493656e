"""Macros: several steps in one click, seen before they happen, done all or not at all."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import now

from tickets.models import Message, OutboundLane, Tag, Ticket


@pytest.fixture
def vip(acme_world):
    with acme_world.scope():
        return Tag.objects.create(name="VIP", color="#b45309")


@pytest.fixture
def macro(api):
    def _macro(*steps, name="Pedido resolvido", status=201, **given):
        answer = api.post("/api/macros/", {"name": name, "steps": list(steps), **given})
        assert answer.status_code == status, answer.content
        return answer.json()

    return _macro


def run(client, made, ticket, status=200, **given):
    answer = client.post(f"/api/macros/{made['id']}/run/", {"ticket": ticket.pk, **given})
    assert answer.status_code == status, answer.content
    return answer.json()


def preview(client, made, ticket):
    return client.post(f"/api/macros/{made['id']}/preview/", {"ticket": ticket.pk}).json()["steps"]


REPLY = {"kind": "reply", "body": "Pronto, {{firstName}}!"}


def test_one_click_answers_marks_and_closes(api, macro, talk, vip, paper, acme_world):
    made = macro(
        {"kind": "add_tags", "tags": [vip.pk]},
        {"kind": "priority", "priority": "high"},
        REPLY,
        {"kind": "note", "body": "Resolvido por {{userName}}"},
        {"kind": "close", "silent": True},
    )
    done = run(api, made, talk)
    assert [step["problem"] for step in done["steps"]] == [None] * 5
    ticket = done["ticket"]
    assert (ticket["status"], ticket["priority"], ticket["tags"]) == ("closed", "high", [vip.pk])
    assert paper.bodies == ["Pronto, Maria!"]
    with acme_world.scope():
        assert Message.objects.get(kind="note").body == "Resolvido por Bruno"
    assert api.get(f"/api/macros/{made['id']}/").json()["used_count"] == 1


def test_one_undo_takes_back_all_its_steps(api, macro, talk, vip, acme_world):
    made = macro(
        {"kind": "add_tags", "tags": [vip.pk]},
        {"kind": "priority", "priority": "urgent"},
        {"kind": "snooze", "minutes": 60},
    )
    assert run(api, made, talk)["can_undo"] is True
    row = api.post(f"/api/tickets/{talk.pk}/undo/").json()
    assert (row["tags"], row["priority"], row["snoozed_at"]) == ([], "normal", None)
    assert api.post(f"/api/tickets/{talk.pk}/undo/").json()["code"] == "undo_too_late"


def test_what_only_writes_cannot_be_undone(api, macro, talk):
    assert run(api, macro(REPLY), talk)["can_undo"] is False


def test_the_preview_shows_each_step_and_changes_nothing(api, macro, talk, vip, paper, acme_world):
    made = macro(REPLY, {"kind": "add_tags", "tags": [vip.pk]}, {"kind": "close"})
    steps = preview(api, made, talk)
    assert steps[0]["shown"] == {"text": "Pronto, Maria!"}
    assert steps[1]["shown"]["tags"] == [{"id": vip.pk, "name": "VIP", "color": "#b45309"}]
    assert [step["problem"] for step in steps] == [None, None, None]
    with acme_world.scope():
        assert not Message.objects.exists()
        assert not OutboundLane.objects.exists()
        assert Ticket.objects.get(pk=talk.pk).status == "open"
    assert paper.sent == []


def test_the_preview_says_what_is_impossible_now_and_goes_on(api, macro, talk, acme_world):
    made = macro(REPLY, {"kind": "priority", "priority": "low"})
    with acme_world.scope():
        Ticket.objects.filter(pk=talk.pk).update(last_customer_at=now() - timedelta(days=2))
    first, second = preview(api, made, talk)
    assert first["problem"]["code"] == "window_closed"
    assert second["problem"] is None


def test_a_step_that_depends_on_an_earlier_one_is_seen_in_its_place(api, macro, talk):
    made = macro({"kind": "close"}, REPLY)
    closes, replies = preview(api, made, talk)
    assert closes["problem"] is None
    assert replies["problem"]["code"] == "ticket_closed"


def test_when_one_step_cannot_be_done_nothing_is(api, macro, talk, paper, acme_world):
    made = macro({"kind": "priority", "priority": "urgent"}, {"kind": "close"}, REPLY)
    refused = run(api, made, talk, status=409)
    assert refused["code"] == "macro_stopped"
    assert refused["fields"] == {"step": 2, "kind": "reply", "reason": "ticket_closed"}
    with acme_world.scope():
        ticket = Ticket.objects.get(pk=talk.pk)
    assert (ticket.priority, ticket.status) == (2, "open")
    assert paper.sent == []


def test_a_repeated_request_sends_nothing_twice(api, macro, talk, paper):
    made, token = macro(REPLY), str(uuid4())
    for _ in range(2):
        run(api, made, talk, client_id=token)
    assert paper.bodies == ["Pronto, Maria!"]


def test_a_quick_reply_goes_with_its_files(api, macro, talk, paper, settings, tmp_path):
    from tickets.tests.test_quick_replies_api import upload, write

    settings.MEDIA_ROOT = tmp_path
    reply = write(api, "lista", body="A lista, {{firstName}}", attachments=[upload(api)])
    made = macro({"kind": "quick_reply", "quick_reply": reply["id"]})
    shown = preview(api, made, talk)[0]["shown"]
    assert (shown["text"], len(shown["attachments"])) == ("A lista, Maria", 1)
    for _ in range(2):
        run(api, made, talk)
    assert paper.bodies == ["A lista, Maria"] * 2
    assert api.get(f"/api/quick-replies/{reply['id']}/").json()["used_count"] == 2


def test_a_waiting_ticket_is_taken_and_put_aside(api, macro, ticket):
    made = macro({"kind": "assign_to_me"}, {"kind": "snooze", "days": 1, "time": "09:00"})
    done = run(api, made, ticket)["ticket"]
    assert (done["status"], done["agent"]["name"]) == ("open", "Bruno")
    assert done["snoozed_until"]


def test_it_is_passed_on_with_a_note(api, macro, talk, support, acme_world):
    made = macro({"kind": "transfer", "queue": support.pk, "note": "Cliente {{firstName}} quer troca"})
    assert run(api, made, talk)["ticket"]["queue"]["name"] == "Support"
    with acme_world.scope():
        assert Message.objects.get(kind="note").body == "Cliente Maria quer troca"


def test_what_a_step_names_may_be_gone(api, macro, talk, vip, support, acme_world):
    made = macro({"kind": "add_tags", "tags": [vip.pk]}, {"kind": "transfer", "queue": support.pk})
    with acme_world.scope():
        Tag.objects.filter(pk=vip.pk).update(deleted_at=now())
        support.deleted_at = now()
        support.save()
    assert [step["problem"]["code"] for step in preview(api, made, talk)] == ["tag_unknown", "queue_unknown"]


@pytest.mark.parametrize(
    "step",
    [
        {"kind": "dance"},
        {"kind": "reply", "body": " "},
        {"kind": "priority", "priority": "huge"},
        {"kind": "transfer"},
        {"kind": "snooze", "days": 1},
        {"kind": "snooze", "days": 1, "time": "25:00"},
        {"kind": "add_tags", "tags": []},
        {"body": "x"},
    ],
)
def test_steps_are_checked_when_they_are_written(macro, step):
    refused = macro(REPLY, step, status=400)
    assert refused["fields"]["step"] == 1


def test_steps_that_are_not_saved_can_be_rehearsed(api, talk):
    answer = api.post("/api/macros/rehearse/", {"ticket": talk.pk, "steps": [REPLY]})
    assert answer.json()["steps"][0]["shown"]["text"] == "Pronto, Maria!"


def test_personal_macros_are_hidden_and_the_companys_need_a_role(api, as_, sofia, clara, macro):
    mine = macro(REPLY)
    assert as_(clara).get(f"/api/macros/{mine['id']}/").status_code == 404
    macro(REPLY, is_shared=True, status=403)
    shared = as_(sofia).post("/api/macros/", {"name": "Boas-vindas", "steps": [REPLY], "is_shared": True})
    assert shared.status_code == 201
    names = [row["name"] for row in api.get("/api/macros/").json()["results"]]
    assert names == ["Boas-vindas", "Pedido resolvido"]
    assert api.delete(f"/api/macros/{shared.json()['id']}/").status_code == 403


def test_a_macro_cannot_reach_a_ticket_that_one_does_not_see(as_, clara, talk):
    client = as_(clara)
    made = client.post("/api/macros/", {"name": "x", "steps": [REPLY]}).json()
    assert run(client, made, talk, status=404)["code"] == "not_found"
