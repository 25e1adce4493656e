"""What happens when the worker dies at any line between queueing and the stored outcome.

A kill is a BaseException that nothing in the product catches. What was committed stays, the rest is gone, the
lane's lease runs out, and the clock's sweeper carries on.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import now

from tickets.actions import lanes, outbound, outcomes, receipts, sending
from tickets.models import Attempt, Message, OutboundLane, Ticket
from tickets.transport import Accepted, Receipt, Refused, Unclear


class Killed(BaseException):
    """Like SIGKILL: no `except Exception` stops it."""


@pytest.fixture
def queued(acme_world, talk, bruno, monkeypatch):
    """Queue a text; its nudge is lost. Answers the message."""

    def _queued(body="Olá!"):
        with acme_world.scope(), monkeypatch.context() as patched:
            patched.setattr(outbound.deliver, "apply_async", lambda **_: None)
            return outbound.send(Ticket.objects.get(pk=talk.pk), by=bruno, client_id=uuid4(), body=body)[0]

    return _queued


@pytest.fixture
def work(acme, talk):
    """Let a worker work the lane; True when it was killed."""

    def _work():
        with acme_scope(acme):
            lane_id = OutboundLane.objects.get().pk
        try:
            outbound.deliver(acme.pk, lane_id)
        except Killed:
            return True
        return False

    return _work


def acme_scope(acme):
    from tenants.scoping import company_scope

    return company_scope(acme.pk)


def kill(*_, **__):
    raise Killed


def state(acme, message):
    with acme_scope(acme):
        return Message.objects.get(pk=message.pk)


def after_lease():
    return lanes.LEASE + timedelta(seconds=1)


@pytest.mark.django_db(transaction=True)
class TestKilled:
    def test_before_the_attempt_is_committed_it_is_sent_later_once(
        self, queued, work, paper, acme, run_due, monkeypatch
    ):
        message = queued()
        with monkeypatch.context() as patched:
            patched.setattr(sending, "begin", kill)
            assert work()
        assert state(acme, message).state == "queued"
        run_due(later=after_lease())
        assert paper.bodies == ["Olá!"]
        assert state(acme, message).state == "accepted"

    def test_between_the_attempt_and_the_socket_it_is_in_doubt_and_never_sent_again(
        self, queued, work, paper, acme, run_due
    ):
        message = queued()
        paper.before_submit = kill
        assert work()
        paper.before_submit = None
        assert state(acme, message).state == "sending"
        run_due(later=after_lease())
        doubtful = state(acme, message)
        assert (doubtful.state, doubtful.error["action"]) == ("doubtful", "wait")
        run_due(later=timedelta(seconds=46))
        doubtful = state(acme, message)
        assert (doubtful.state, doubtful.error["action"]) == ("doubtful", "decide")
        assert paper.bodies == []

    def test_after_the_provider_took_it_a_receipt_with_our_cookie_settles_it(
        self, queued, work, paper, acme, line, run_due
    ):
        message = queued()
        paper.after_submit = kill
        assert work()
        paper.after_submit = None
        run_due(later=after_lease())
        assert state(acme, message).state == "doubtful"
        with acme_scope(acme):
            receipts.record(line, Receipt("paper.1", "delivered", now(), cookie=paper.sent[0]["cookie"]))
        settled = state(acme, message)
        assert (settled.state, settled.provider_id, settled.error) == ("delivered", "paper.1", None)
        run_due(later=timedelta(minutes=5))
        assert paper.bodies == ["Olá!"]

    @pytest.mark.parametrize(
        "place", [(outcomes.tell, "message_changed"), (lanes, "_first"), (lanes, "release")]
    )
    def test_while_storing_the_outcome_it_is_in_doubt(
        self, queued, work, paper, acme, run_due, monkeypatch, place
    ):
        message = queued()
        with monkeypatch.context() as patched:
            paper.after_submit = lambda: patched.setattr(*place, kill)
            assert work()
        paper.after_submit = None
        assert state(acme, message).state == "sending"
        with acme_scope(acme):
            assert Attempt.objects.get().outcome == ""
        run_due(later=after_lease())
        assert state(acme, message).state == "doubtful"
        assert paper.bodies == ["Olá!"]

    def test_after_the_outcome_was_stored_nothing_is_left_to_do(
        self, queued, work, paper, acme, run_due, monkeypatch
    ):
        message = queued()
        with monkeypatch.context() as patched:
            patched.setattr(lanes, "remember_pace", kill)
            assert work()
        assert state(acme, message).state == "accepted"
        run_due(later=after_lease())
        assert paper.bodies == ["Olá!"]
        with acme_scope(acme):
            assert OutboundLane.objects.get().due_at is None

    def test_a_doubt_holds_back_those_behind_it_only_for_a_while(self, queued, work, paper, acme, run_due):
        first, second = queued("Um"), queued("Dois")
        paper.before_submit = kill
        assert work()
        paper.before_submit = None
        run_due(later=after_lease())
        assert state(acme, second).state == "queued"
        run_due(later=timedelta(seconds=46))
        assert state(acme, first).error["action"] == "decide"
        assert paper.bodies == ["Dois"]

    def test_a_worker_that_wakes_up_late_still_ends_the_doubt(self, queued, paper, acme, work, run_due):
        message = queued()
        paper.answers = [Unclear("no_answer", "")]
        assert not work()
        with acme_scope(acme):
            attempt = Attempt.objects.get()
            outcomes.settle(attempt, Accepted("paper.late"))
        settled = state(acme, message)
        assert (settled.state, settled.provider_id, settled.error) == ("accepted", "paper.late", None)

    def test_a_worker_that_lost_its_lane_does_not_send(self, queued, paper, acme, run_due):
        message = queued()
        with acme_scope(acme):
            stale = lanes.take(OutboundLane.objects.get().pk)
            OutboundLane.objects.update(lease=uuid4())
            assert lanes.next_message(stale) is None
            assert sending.take_turn(stale, lanes.first_message(stale)) is None
        assert paper.bodies == []
        assert state(acme, message).state == "queued"

    def test_a_late_refusal_does_not_undo_what_a_receipt_said(self, queued, work, paper, acme, line):
        message = queued()
        paper.after_submit = kill
        assert work()
        with acme_scope(acme):
            attempt = Attempt.objects.get()
            receipts.record(line, Receipt("paper.1", "sent", now(), cookie=str(attempt.cookie)))
            outcomes.settle(attempt, Refused("131000", "Late", ""))
        assert state(acme, message).state == "sent"

    def test_receipts_that_came_before_the_answer_are_joined(self, queued, work, paper, acme, line):
        message = queued()

        def hurry():
            with acme_scope(acme):
                receipts.record(line, Receipt("paper.1", "delivered", now()))

        paper.after_submit = hurry
        assert not work()
        assert state(acme, message).state == "delivered"

    def test_an_unclear_send_is_the_agents_to_retry(self, queued, work, paper, acme, api, run_due):
        message = queued()
        paper.answers = [Unclear("no_answer", "WhatsApp did not answer.")]
        assert not work()
        run_due(later=timedelta(seconds=46))
        assert state(acme, message).error["action"] == "decide"
        assert api.post(f"/api/messages/{message.pk}/retry/").json()["state"] == "queued"
        assert paper.bodies == ["Olá!"]

    def test_an_unclear_send_can_be_dismissed(self, queued, work, paper, acme, api, run_due):
        message = queued()
        paper.answers = [Unclear("no_answer", "WhatsApp did not answer.")]
        assert not work()
        run_due(later=timedelta(seconds=46))
        answer = api.post(f"/api/messages/{message.pk}/dismiss/").json()
        assert (answer["state"], answer["error"]["code"]) == ("failed", "dismissed")

    def test_a_lost_nudge_is_found_by_the_clock(self, queued, paper, acme, run_due):
        message = queued()
        assert state(acme, message).state == "queued"
        run_due()
        assert paper.bodies == ["Olá!"]
