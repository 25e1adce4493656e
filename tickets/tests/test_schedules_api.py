"""Scheduled messages: at their time, once each, inside the window or not at all, for as long as wanted."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from tickets.actions import scheduled_sends, schedules
from tickets.models import Hours, Message, ScheduledSend, Tag, Ticket, Timer

pytestmark = pytest.mark.django_db
TEMPLATE = {"name": "lembrete", "language": "pt_BR"}


class Person:
    """Signs in for each request: hours pass between them."""

    def __init__(self, as_, user):
        self._as, self._user = as_, user

    def __getattr__(self, method):
        return getattr(self._as(self._user), method)


@pytest.fixture
def agent(office, as_, bruno, paper):
    return Person(as_, bruno)


@pytest.fixture
def boss(office, as_, sofia, paper):
    return Person(as_, sofia)


@pytest.fixture
def maria(office):
    """Wrote a moment ago."""
    contact = office.customer()
    office.writes(contact)
    return contact


@pytest.fixture
def plan(office, line):
    def _plan(client, *contacts, status=201, minutes=60, **given):
        given.setdefault("at", (now() + timedelta(minutes=minutes)).isoformat())
        given = {"body": "Oi {{firstName}}!", "connection": line.pk, **given}
        with office.acting():
            answer = client.post(
                "/api/scheduled-messages/", {"contacts": [one.pk for one in contacts], **given}
            )
        assert answer.status_code == status, answer.content
        return answer.json()

    return _plan


def log(client, made):
    rows = client.get(f"/api/scheduled-messages/{made['id']}/sends/").json()["results"]
    return [(row["state"], row["reason"]) for row in rows]


def seen(client, made):
    return client.get(f"/api/scheduled-messages/{made['id']}/").json()


def act(office, client, made, verb, status=200, **given):
    with office.acting():
        answer = client.post(f"/api/scheduled-messages/{made['id']}/{verb}/", given)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_it_leaves_at_its_time_in_the_contacts_ticket(office, agent, maria, plan, paper, acme_world):
    made = plan(agent, maria)
    office.after(minutes=59)
    assert paper.bodies == []
    office.after(minutes=2)
    assert paper.bodies == ["Oi Maria!"]
    row = seen(agent, made)
    assert (row["state"], row["next_at"], row["sent_count"]) == ("done", None, 1)
    assert log(agent, made) == [("sent", "")]
    with acme_world.scope():
        assert Message.objects.get(direction="out").author.name == "Bruno"
        assert Ticket.objects.count() == 1


def test_late_is_better_than_never(office, agent, maria, plan, paper):
    """The clock stood still for hours: everything that is due leaves, not only the last minute's."""
    plan(agent, maria)
    office._clock.move_to(now() + timedelta(hours=6), tick=False)
    office.ring()
    office.ring()
    assert paper.bodies == ["Oi Maria!"]


def test_ringing_twice_sends_once(office, agent, maria, plan, paper, acme_world):
    made = plan(agent, maria)
    office.after(minutes=61)
    with office.acting():
        send = ScheduledSend.objects.get()
        schedules.ring(Timer(kind="schedule", subject=str(made["id"])))
        scheduled_sends.ring(Timer(kind="scheduled_send", subject=str(send.pk)))
    assert paper.bodies == ["Oi Maria!"]


def test_a_send_that_was_forgotten_by_a_dying_worker_is_the_same_message(office, agent, maria, plan, paper):
    """Even if the log said that it still waits, the message's own id makes a second one impossible."""
    plan(agent, maria)
    office.after(minutes=61)
    with office.acting():
        ScheduledSend.objects.update(state="waiting", message=None)
        scheduled_sends.ring(Timer(kind="scheduled_send", subject=str(ScheduledSend.objects.get().pk)))
        assert ScheduledSend.objects.get().state == "sent"
    assert paper.bodies == ["Oi Maria!"]


def test_a_text_outside_the_window_is_not_sent_and_says_so(office, agent, maria, plan, paper):
    made = plan(agent, maria, minutes=60 * 30)
    office.after(hours=31)
    assert paper.bodies == []
    assert log(agent, made) == [("failed", "window_closed")]
    assert seen(agent, made)["failed_count"] == 1


def test_outside_the_window_the_fallback_template_goes_instead(office, agent, maria, plan, paper, acme_world):
    made = plan(agent, maria, minutes=60 * 30, fallback_template=TEMPLATE)
    office.after(hours=31)
    assert log(agent, made) == [("sent", "")]
    with acme_world.scope():
        message = Message.objects.get(direction="out")
    assert (message.kind, message.content["template"]) == ("template", TEMPLATE)


def test_a_failed_one_leaves_no_empty_ticket_behind(office, agent, plan, acme_world):
    made = plan(agent, office.customer("Nova"))
    office.after(minutes=61)
    assert log(agent, made) == [("failed", "window_closed")]
    with acme_world.scope():
        assert not Ticket.objects.exists()


@pytest.mark.parametrize(
    ("without", "status", "agent_name"),
    [("mine", "open", "Bruno"), ("waiting", "pending", None), ("closed", "closed", None)],
)
def test_without_an_open_ticket_one_is_made_as_wanted(
    office, agent, plan, line, sales, paper, without, status, agent_name
):
    made = plan(agent, office.customer(), body="", template=TEMPLATE, without_ticket=without, queue=sales.pk)
    office.after(minutes=61)
    assert log(agent, made) == [("sent", "")]
    with office.world.scope():
        ticket = Ticket.objects.get()
        assert (ticket.status, ticket.agent and ticket.agent.name) == (status, agent_name)
        assert ticket.queue_id == sales.pk
    assert len(paper.sent) == 1


def test_the_window_of_a_closed_ticket_counts_for_the_new_one(
    office, agent, maria, bruno, plan, paper, acme_world
):
    with acme_world.scope():
        ticket = Ticket.objects.get()
    office.closes(bruno, ticket)
    plan(agent, maria)
    office.after(minutes=61)
    assert paper.bodies == ["Oi Maria!"]


def test_an_answer_cancels_it_when_wanted(office, agent, maria, plan, paper):
    made = plan(agent, maria, cancel_on_reply=True)
    office.after(minutes=10)
    office.writes(maria, "Já resolvi")
    with office.acting():
        schedules.sweep()
    row = seen(agent, made)
    assert (row["state"], row["ended_because"]) == ("cancelled", "replied")
    office.after(hours=2)
    assert paper.bodies == []


def test_an_answer_within_the_same_second_counts_and_an_old_one_that_comes_late_does_not(
    office, agent, maria, plan, paper
):
    made = plan(agent, maria, cancel_on_reply=True)
    office.writes(maria, "Escrevi ontem", at=now() - timedelta(days=1))
    with office.acting():
        schedules.sweep()
    assert seen(agent, made)["state"] == "active"
    office.after(milliseconds=300)
    office.writes(maria, "Já paguei", at=now().replace(microsecond=0))  # WhatsApp's times are whole seconds
    with office.acting():
        schedules.sweep()
    assert seen(agent, made)["ended_because"] == "replied"


def test_of_many_contacts_only_those_who_answered_are_left_out(office, agent, maria, plan, paper):
    joao = office.customer("João")
    office.writes(joao)
    made = plan(agent, maria, joao, cancel_on_reply=True)
    office.after(minutes=10)
    office.writes(maria, "Obrigada")
    office.after(minutes=55)
    assert paper.bodies == ["Oi João!"]
    assert sorted(log(agent, made)) == [("cancelled", "replied"), ("sent", "")]


def test_everyone_with_a_tag_gets_it_once(office, boss, agent, maria, plan, paper, acme_world):
    from tickets.actions import tags

    joao = office.customer("João")
    office.writes(joao)
    with acme_world.scope():
        vip = Tag.objects.create(name="VIP")
        for contact in (maria, joao):
            tags.put_on_contact(contact, [vip.pk])
    plan(agent, tags=[vip.pk], status=403)
    made = plan(boss, maria, tags=[vip.pk])
    office.after(minutes=61)
    assert sorted(paper.bodies) == ["Oi João!", "Oi Maria!"]
    assert seen(boss, made)["sent_count"] == 2


def test_each_day_three_times_on_business_days_of_the_company(office, agent, maria, plan, paper, acme_world):
    """It is Tuesday; Wednesday is a holiday."""
    with acme_world.scope():
        hours = Hours.objects.create(
            name="Office",
            weekly={day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
            holidays=[{"date": "2026-03-11", "name": "Feriado", "shifts": []}],
        )
    office.options(hours_of="company", hours=hours.pk)
    made = plan(agent, maria, repeat={"unit": "day", "every": 1, "times": 3}, business_days="skip")
    days = []
    for _ in range(8):
        office.writes(maria)  # keeps the window open
        before = len(paper.bodies)
        office.after(hours=24)
        days += [f"{now():%a}"] * (len(paper.bodies) - before)
    row = seen(agent, made)
    assert (row["state"], row["done_times"]) == ("done", 3)
    assert len(paper.bodies) == 3
    with acme_world.scope():
        due = ScheduledSend.objects.order_by("id").values_list("due_at", flat=True)
        assert [f"{at:%a %d}" for at in due] == ["Tue 10", "Thu 12", "Fri 13"]


def test_paused_it_misses_its_times_and_goes_on_with_the_next(office, agent, maria, plan, paper):
    made = plan(agent, maria, repeat={"unit": "minute", "every": 30})
    act(office, agent, made, "pause")
    office.after(hours=5)
    assert paper.bodies == []
    act(office, agent, made, "resume")
    office.after(minutes=31)
    assert len(paper.bodies) == 1


def test_one_whose_time_passed_while_paused_needs_a_new_time(office, agent, maria, plan, paper):
    made = plan(agent, maria)
    act(office, agent, made, "pause")
    office.after(hours=5)
    assert act(office, agent, made, "resume", status=409)["code"] == "schedule_past"
    with office.acting():
        at = (now() + timedelta(minutes=5)).isoformat()
        agent.patch(f"/api/scheduled-messages/{made['id']}/", {"at": at})
    act(office, agent, made, "resume")
    office.after(minutes=6)
    assert paper.bodies == ["Oi Maria!"]


def test_cancelled_it_never_leaves(office, agent, maria, plan, paper):
    made = plan(agent, maria)
    assert act(office, agent, made, "cancel")["state"] == "cancelled"
    office.after(hours=2)
    assert paper.bodies == []
    assert act(office, agent, made, "resume", status=409)["code"] == "schedule_over"


def test_changing_the_words_keeps_the_time(office, agent, maria, plan, paper):
    made = plan(agent, maria)
    with office.acting():
        row = agent.patch(f"/api/scheduled-messages/{made['id']}/", {"body": "Tchau"}).json()
    assert row["next_at"] == made["next_at"]
    office.after(minutes=61)
    assert paper.bodies == ["Tchau"]


def test_files_go_along_each_time(office, agent, maria, plan, paper, settings, tmp_path):
    from tickets.tests.test_quick_replies_api import upload

    settings.MEDIA_ROOT = tmp_path
    plan(agent, maria, attachments=[upload(agent)], repeat={"unit": "minute", "every": 30, "times": 2})
    office.after(minutes=100)
    assert [one["kind"] for one in paper.sent] == ["image", "image"]


def test_blocked_and_deleted_contacts_get_nothing(office, agent, maria, plan, paper):
    made = plan(agent, maria)
    office.contact(maria.pk, is_blocked=True)
    office.after(minutes=61)
    assert log(agent, made) == [("cancelled", "contact_blocked")]
    assert paper.bodies == []


@pytest.mark.parametrize(
    "given",
    [
        {"at": "2020-01-01T00:00:00Z"},
        {"body": " "},
        {"repeat": {"unit": "minute", "every": 1}},
        {"repeat": {"unit": "year"}},
        {"repeat": {"unit": "minute", "every": 30}, "business_days": "next"},
        {"contacts": []},
        {"contacts": [999999]},
    ],
)
def test_nonsense_is_refused(agent, maria, plan, given):
    plan(agent, maria, status=400, **given)


def test_agents_see_their_own_and_supervisors_all(agent, boss, as_, clara, maria, plan):
    made = plan(agent, maria)
    assert as_(clara).get(f"/api/scheduled-messages/{made['id']}/").status_code == 404
    assert [row["id"] for row in boss.get("/api/scheduled-messages/?state=active").json()["results"]] == [
        made["id"]
    ]
    assert agent.get(f"/api/scheduled-messages/?contact={maria.pk}").json()["results"][0]["id"] == made["id"]
    assert agent.get("/api/scheduled-messages/?state=done").json()["results"] == []


def test_nine_o_clock_stays_the_companys_nine_o_clock(office, agent, maria, plan, acme):
    """Summer time ends in New York in the night to 1 November."""
    acme.timezone = "America/New_York"
    acme.save()
    made = plan(agent, maria, at="2026-10-31T09:00:00-04:00", repeat={"unit": "day", "every": 1})
    office.after(days=240)
    assert seen(agent, made)["next_at"] == "2026-11-05T14:00:00+00:00"


def test_a_templates_variables_are_filled_for_each_customer(office, agent, maria, plan, paper, shelf, line):
    from tickets.actions import template_sends, template_sync
    from tickets.tests.shelf import known

    shelf.known = [known()]
    with office.acting():
        template_sync.synchronise(line)
    choice = {
        "name": "order_here",
        "language": "pt_BR",
        "variables": {"1": "{{name}}", "2": "nº {{ticket_id}}"},
    }
    made = plan(agent, maria, body="", template=choice)
    assert made["template"] == choice
    office.after(minutes=61)
    with office.world.scope():
        message = Message.objects.get(direction="out")
        assert message.body == f"Olá {maria.name}, seu pedido nº {message.ticket.number} chegou."
    assert template_sends.files_in(choice) == []
