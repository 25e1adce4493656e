"""An agent corrects or deletes what the customer has already, on channels where that is possible."""

from datetime import timedelta

import pytest
from django.test.testcases import TestCase
from django.utils.timezone import now

from tenants.models import AuditEntry
from tickets.models import Message
from tickets.transport import Postponed, Refused, Unclear


@pytest.fixture
def said(acme_world, talk, bruno):
    """What Bruno wrote a moment ago, and the customer has."""
    return acme_world.message(
        talk, "Chega na terça", direction="out", author=bruno, provider_id="wamid.out.1"
    )


@pytest.fixture
def correct(api, said, django_capture_on_commit_callbacks):
    def _correct(body="Chega na quarta", *, status=200, by=api):
        with django_capture_on_commit_callbacks(execute=True):
            answer = by.patch(f"/api/messages/{said.pk}/", {"body": body})
        assert answer.status_code == status, answer.content
        return answer.json()

    return _correct


@pytest.fixture
def remove(api, said, django_capture_on_commit_callbacks):
    def _remove(*, status=200, by=api):
        with django_capture_on_commit_callbacks(execute=True):
            answer = by.delete(f"/api/messages/{said.pk}/")
        assert answer.status_code == status, answer.content
        return answer.json()

    return _remove


@pytest.fixture
def shown(api, talk, said):
    def _shown():
        rows = api.get(f"/api/tickets/{talk.pk}/messages/").json()["results"]
        return next(row for row in rows if row["id"] == said.pk)

    return _shown


def sweep(later=timedelta(0)):
    import time_machine

    from tickets.actions import correcting

    with time_machine.travel(now() + later, tick=True), TestCase.captureOnCommitCallbacks(execute=True):
        correcting.sweep()


def test_other_words_are_on_their_way_then_there_and_the_old_ones_are_kept(correct, shown, api, said, paper):
    change = correct()["content"]["change"]
    assert (change["kind"], change["state"], change["body"]) == ("correction", "queued", "Chega na quarta")
    assert [(one["change"], one["body"], one["reply_to"]) for one in paper.sent] == [
        ("correction", "Chega na quarta", "wamid.out.1")
    ]
    row = shown()
    assert row["body"] == "Chega na quarta" and row["edited_at"] and "change" not in row["content"]
    earlier = api.get(f"/api/messages/{said.pk}/edits/").json()["results"]
    assert [one["body"] for one in earlier] == ["Chega na terça"]


def test_the_name_of_the_agent_stays_above_the_words(correct, acme, as_, ana, paper, shown):
    as_(ana).patch("/api/company/settings/", {"signature": True})
    correct()
    assert paper.sent[-1]["body"] == "*Bruno:*\nChega na quarta"
    assert shown()["body"] == "Chega na quarta"


def test_deleted_for_everyone_it_is_marked_and_written_down(remove, shown, paper, acme_world):
    remove()
    assert [(one["change"], one["reply_to"]) for one in paper.sent] == [("removal", "wamid.out.1")]
    row = shown()
    assert row["removed_at"] and row["content"].get("change") is None
    with acme_world.scope():
        assert AuditEntry.objects.filter(action="message.removed").exists()


def test_a_refusal_leaves_the_words_and_gives_the_reason(correct, shown, paper):
    paper.answers = [Refused("gateway_rejected", "No.", "")]
    correct()
    row = shown()
    assert row["body"] == "Chega na terça" and row["edited_at"] is None
    assert (row["content"]["change"]["state"], row["content"]["change"]["error"]["code"]) == (
        "failed", "gateway_rejected",
    )  # fmt: skip


def test_a_refusal_that_speaks_of_the_number_holds_it(correct, shown, paper, talk, api):
    paper.answers = [Refused("device_logged_out", "The phone was unlinked.", "", hold=True)]
    correct()
    assert shown()["content"]["change"]["state"] == "failed"
    number = api.get(f"/api/connections/{talk.connection_id}/").json()
    assert (number["status"], number["status_reason"]) == ("held", "The phone was unlinked.")


@pytest.mark.parametrize("trouble", [Unclear("no_answer", ""), Postponed("x", "", "connection", 1)])
def test_a_try_whose_end_is_unknown_is_repeated(correct, shown, paper, trouble):
    paper.answers = [trouble]
    correct()
    assert shown()["content"]["change"]["state"] == "queued"
    sweep(timedelta(minutes=1))
    assert shown()["body"] == "Chega na quarta"


def test_words_are_changed_by_who_wrote_them_only_and_deleted_by_administrators_too(
    correct, remove, as_, ana, paper
):
    assert correct(by=as_(ana), status=403)["code"] == "message_of_another"
    remove(by=as_(ana))


def test_a_colleague_deletes_nothing_of_others(remove, as_, acme_world, sales, said):
    colleague = acme_world.person("Davi", "agent", (sales,))
    with acme_world.scope():
        Message.objects.filter(pk=said.pk).update(author=None)
    assert remove(by=as_(colleague), status=404)["code"] == "not_found"


@pytest.mark.parametrize("late", [timedelta(minutes=16), timedelta(hours=49)])
def test_too_late_is_said(correct, remove, acme_world, said, late):
    with acme_world.scope():
        Message.objects.filter(pk=said.pk).update(at=now() - late)
    assert correct(status=409)["code"] == "too_late_to_change"
    if late > timedelta(hours=48):
        assert remove(status=409)["code"] == "too_late_to_change"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"state": "failed"}, "not_correctable"),
        ({"state": "queued", "provider_id": ""}, "not_correctable"),
        ({"kind": "image"}, "not_correctable"),
        ({"removed_at": now()}, "not_correctable"),
    ],
)
def test_what_cannot_be_corrected_is_refused(correct, acme_world, said, values, code):
    with acme_world.scope():
        Message.objects.filter(pk=said.pk).update(**values)
    assert correct(status=409)["code"] == code


def test_the_cloud_api_cannot_and_says_so(correct, remove, paper):
    paper.kinds = frozenset({"reaction"})
    assert correct(status=409)["code"] == "not_changeable"
    assert remove(status=409)["code"] == "not_changeable"
