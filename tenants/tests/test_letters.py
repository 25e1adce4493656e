"""Letters leave in spite of a broker or a mail server that is down, and say so when they never will."""

import pytest
import time_machine
from django.utils.timezone import now, timedelta

from helpdesk import metrics
from helpdesk.celery import app
from tenants.actions import mail
from tenants.models import AuditEntry, Letter, PasswordReset
from tenants.models.letter import TRIES
from tenants.scoping import company_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def broker_down():
    """Nothing listens there. Call it and the broker is back: jobs run at once, as in every test."""
    names = ("task_always_eager", "broker_write_url")
    before = {name: getattr(app.conf, name) for name in names}

    def point_at(**values):
        app.conf.update(values)
        app.amqp._producer_pool = None

    point_at(task_always_eager=False, broker_write_url="redis://127.0.0.1:9/0")
    yield lambda: point_at(**before)
    point_at(**before)


@pytest.fixture
def mail_server_down(settings):
    """Nothing listens there."""
    before = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    return lambda: setattr(settings, "EMAIL_BACKEND", before)  # it is back


def forgot(client, user):
    answer = client.post("/api/auth/password/forgot/", {"email": user.email})
    assert answer.status_code == 204


def test_a_letter_that_the_broker_lost_is_found_by_the_sweeper(anonymous, bruno, mailoutbox, broker_down):
    forgot(anonymous, bruno)
    assert mailoutbox == []
    broker_down()
    mail.sweep()
    assert [letter.to for letter in mailoutbox] == [[bruno.email]]


def test_a_letter_leaves_once_however_often_it_is_looked_for(anonymous, bruno, mailoutbox):
    forgot(anonymous, bruno)
    mail.post(Letter.objects.get().pk)
    mail.sweep()
    assert len(mailoutbox) == 1


def test_a_mail_server_that_is_down_is_asked_again_later_and_later(
    anonymous, bruno, mailoutbox, mail_server_down
):
    forgot(anonymous, bruno)
    pauses = []
    for _ in range(3):
        letter = Letter.objects.get()
        pauses.append(round((letter.due_at - now()).total_seconds()))
        with time_machine.travel(letter.due_at + timedelta(seconds=1), tick=False):
            mail.sweep()
            assert Letter.objects.get().tries == letter.tries + 1
            due = Letter.objects.get().due_at - now()
        Letter.objects.update(due_at=now() + due)
    assert pauses == [15, 30, 60]
    mail_server_down()
    Letter.objects.update(due_at=now())
    mail.sweep()
    assert len(mailoutbox) == 1


def test_a_try_that_failed_leaves_no_link_behind(anonymous, bruno, mail_server_down):
    forgot(anonymous, bruno)
    assert not PasswordReset.objects.exists()


def test_a_letter_that_nobody_ever_takes_is_given_up_where_people_see_it(
    as_, ana, acme, mail_server_down, caplog
):
    as_(ana).post(
        "/api/users/", {"name": "Nina", "email": "nina@acme.example", "role": "agent", "queues": []}
    )
    for _ in range(TRIES - 1):
        Letter.objects.update(due_at=now())
        mail.sweep()
    letter = Letter.objects.get()
    assert letter.given_up_at
    assert "ConnectionRefusedError" in letter.error
    with company_scope(acme.pk):
        entry = AuditEntry.objects.get(action="letter.given_up")
    assert entry.target == f"user:{letter.user_id}"
    assert "letter given up" in caplog.text
    assert metrics._at_scrape["helpdesk_letters_given_up"][1]() == 1
    Letter.objects.update(due_at=now())
    mail.sweep()
    assert Letter.objects.get().tries == TRIES


def test_who_left_meanwhile_gets_no_letter(anonymous, bruno, mailoutbox, broker_down):
    forgot(anonymous, bruno)
    broker_down()
    type(bruno).objects.filter(pk=bruno.pk).update(is_active=False)
    mail.sweep()
    assert mailoutbox == []
    assert not Letter.objects.exists()


def test_an_unknown_address_leaves_nothing(anonymous, db):
    anonymous.post("/api/auth/password/forgot/", {"email": "nobody@acme.example"})
    assert not Letter.objects.exists()


def test_old_letters_are_not_kept(anonymous, bruno):
    forgot(anonymous, bruno)
    with time_machine.travel(now() + mail.KEPT + timedelta(days=1)):
        mail.sweep()
    assert not Letter.objects.exists()
