"""An agent's emoji: on its way at once, sent, refused with a reason, taken off again."""

from datetime import timedelta

import pytest
from django.test.testcases import TestCase
from django.utils.timezone import now

from tickets.models import Message, SentReaction, Ticket
from tickets.transport import Accepted, Postponed, Receipt, Refused, Unclear


@pytest.fixture
def heard_message(acme_world, talk):
    """What the customer wrote."""
    with acme_world.scope():
        return acme_world.message(talk, body="Chegou, obrigada!", provider_id="wamid.in.1")


@pytest.fixture
def react(api, heard_message, django_capture_on_commit_callbacks):
    def _react(emoji="👍", *, status=200, message=None):
        path = f"/api/messages/{message or heard_message.pk}/reaction/"
        with django_capture_on_commit_callbacks(execute=True):
            answer = api.post(path, {"emoji": emoji}) if emoji else api.delete(path)
        assert answer.status_code == status, answer.content
        return answer.json()

    return _react


@pytest.fixture
def shown(api, talk, heard_message):
    def _shown():
        rows = api.get(f"/api/tickets/{talk.pk}/messages/").json()["results"]
        return next(row for row in rows if row["id"] == heard_message.pk)["reactions"]

    return _shown


def sweep(later=timedelta(0)):
    import time_machine

    from tickets.actions import reactions

    with time_machine.travel(now() + later, tick=True), TestCase.captureOnCommitCallbacks(execute=True):
        reactions.sweep()


def test_an_emoji_is_on_its_way_at_once_and_then_sent(react, shown, paper, bruno):
    answered = react("👍")["reactions"]
    assert [(one["emoji"], one["by"], one["name"], one["state"]) for one in answered] == [
        ("👍", "agent", bruno.name, "queued")
    ]
    assert [one["state"] for one in shown()] == ["sent"]
    assert [(one["reaction"], one["reply_to"]) for one in paper.sent] == [("👍", "wamid.in.1")]


def test_another_emoji_takes_the_place_of_the_first(react, shown, paper):
    react("👍")
    react("🎉")
    assert [one["emoji"] for one in shown()] == ["🎉"]
    assert [one["reaction"] for one in paper.sent] == ["👍", "🎉"]


def test_an_emoji_is_taken_off(react, shown, paper):
    react("👍")
    react("")
    assert shown() == []
    assert [one["reaction"] for one in paper.sent] == ["👍", ""]


def test_the_customers_own_emoji_stays_beside_it(react, shown, acme_world, heard_message):
    mine = {"emoji": "❤️", "by": "contact", "name": "Maria", "at": now().isoformat()}
    with acme_world.scope():
        Message.objects.filter(pk=heard_message.pk).update(reactions=[mine])
    react("👍")
    assert [one["emoji"] for one in shown()] == ["❤️", "👍"]


def test_a_refusal_is_shown_with_its_reason(react, shown, paper):
    paper.answers = [Refused("131026", "Not on WhatsApp.", "")]
    react("👍")
    [entry] = shown()
    assert (entry["state"], entry["error"]) == ("failed", {"code": "131026", "detail": "Not on WhatsApp."})


def test_what_could_not_be_taken_off_is_shown_again(react, shown, paper):
    paper.answers = [Accepted("r.1"), Refused("1", "No.", "")]
    react("👍")
    react("")
    assert [(one["emoji"], one["state"]) for one in shown()] == [("👍", "failed")]


@pytest.mark.parametrize("trouble", [Unclear("no_answer", ""), Postponed("x", "", "connection", 1)])
def test_a_try_whose_end_is_unknown_is_repeated(react, shown, paper, trouble):
    paper.answers = [trouble]
    react("👍")
    assert [one["state"] for one in shown()] == ["queued"]
    sweep(timedelta(minutes=1))
    assert [one["state"] for one in shown()] == ["sent"]


def test_a_failure_that_comes_later_is_shown(react, shown, acme_world, talk):
    from tickets.actions import receipts

    react("👍")
    with acme_world.scope(), TestCase.captureOnCommitCallbacks(execute=True):
        cookie = str(SentReaction.objects.get().cookie)
        error = {"code": "window_closed", "title": "Too late.", "detail": "", "action": ""}
        receipts.record(talk.connection, Receipt("r.9", "failed", now(), cookie, error))
    assert [(one["state"], one["error"]["code"]) for one in shown()] == [("failed", "window_closed")]


def test_outside_the_window_nobody_reacts(react, acme_world, talk):
    with acme_world.scope():
        Ticket.objects.filter(pk=talk.pk).update(last_customer_at=now() - timedelta(hours=25))
    assert react("👍", status=409)["code"] == "window_closed"


def test_words_and_what_never_left_are_refused(react, say, paper):
    react("ok", status=400)
    paper.answers = [Refused("x", "No.", "")]
    failed = say("Nunca saiu")
    assert react("👍", status=409, message=failed["id"])["code"] == "not_reactable"


def test_a_channel_without_reactions_says_so(react, paper):
    paper.kinds = frozenset()
    assert react("👍", status=409)["code"] == "kind_unsupported"
