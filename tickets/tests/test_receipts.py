"""News of what was sent: only upwards, in any order, and never about the wrong message."""

import itertools
from datetime import timedelta

import pytest
from django.utils.timezone import now

from tickets.transport import Receipt

pytestmark = pytest.mark.django_db
CLOSED = {"code": "window_closed", "title": "", "detail": "", "action": "template"}


@pytest.fixture
def sent(acme_world, ticket):
    return acme_world.message(ticket, "Olá", direction="out", state="accepted", provider_id="wamid.1")


@pytest.fixture
def news(acme_world, line):
    """Receipts as they come; answers nothing, as WhatsApp expects."""

    def tell(state, provider_id="wamid.1", **more):
        from tickets.actions import receipts

        with acme_world.scope():
            receipts.record(line, Receipt(provider_id, state, now(), **more))

    return tell


def state(world, message):
    with world.scope():
        message.refresh_from_db()
    return message.state


@pytest.mark.parametrize("order", list(itertools.permutations(["sent", "delivered", "read"])))
def test_a_message_only_moves_up(acme_world, sent, news, order):
    for step in order:
        news(step)
    assert state(acme_world, sent) == "read"


def test_a_repeated_receipt_changes_nothing(acme_world, sent, news):
    news("delivered")
    state(acme_world, sent)
    version = sent.version
    news("delivered")
    state(acme_world, sent)
    assert sent.version == version


def test_a_failure_says_why(acme_world, sent, news):
    news("failed", error={**CLOSED, "code": "recipient_unreachable"})
    assert state(acme_world, sent) == "failed"
    assert sent.error["code"] == "recipient_unreachable"


def test_what_was_delivered_does_not_fail_any_more(acme_world, sent, news):
    news("delivered")
    news("failed", error=CLOSED)
    assert state(acme_world, sent) == "delivered"


def test_a_late_sent_does_not_hide_a_failure_but_a_delivery_does(acme_world, sent, news):
    news("failed", error={**CLOSED, "code": "x"})
    news("sent")
    assert state(acme_world, sent) == "failed"
    news("delivered")
    assert state(acme_world, sent) == "delivered"
    assert sent.error is None


def test_a_closed_window_is_learned(acme_world, ticket, sent, news):
    with acme_world.scope():
        ticket.last_customer_at = sent.at - timedelta(hours=23)
        ticket.save()
    news("failed", error=CLOSED)
    with acme_world.scope():
        ticket.refresh_from_db()
    assert not ticket.window_is_open(now())


@pytest.mark.parametrize("was", ["sending", "doubtful", "queued"])
def test_the_cookie_finds_a_message_whose_answer_was_lost(acme_world, ticket, news, was):
    from tickets.models import Attempt

    message = acme_world.message(ticket, "Olá", direction="out", state=was, provider_id="")
    with acme_world.scope():
        attempt = Attempt.objects.create(message=message, number=1, started_at=now())
    news("sent", "wamid.new", cookie=str(attempt.cookie))
    assert state(acme_world, message) == "sent"
    assert message.provider_id == "wamid.new"
    with acme_world.scope():
        attempt.refresh_from_db()
    assert attempt.outcome == "accepted"


def test_a_receipt_of_an_earlier_try_does_not_count_for_the_next(acme_world, ticket, news):
    from tickets.models import Attempt

    message = acme_world.message(ticket, direction="out", state="accepted", provider_id="wamid.second")
    with acme_world.scope():
        first = Attempt.objects.create(message=message, number=1, started_at=now(), outcome="unclear")
    news("read", "wamid.first", cookie=str(first.cookie))
    assert state(acme_world, message) == "accepted"


def test_a_receipt_that_came_too_early_is_joined(acme_world, ticket, news):
    from tickets.actions import receipts
    from tickets.models import OrphanReceipt

    news("delivered", "wamid.later", pricing={"billable": True})
    message = acme_world.message(ticket, direction="out", state="accepted", provider_id="wamid.later")
    with acme_world.scope():
        receipts.join_orphans(message)
        assert not OrphanReceipt.objects.exists()
    assert state(acme_world, message) == "delivered"
    assert message.pricing == {"billable": True}
