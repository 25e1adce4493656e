"""The demo data: made once, and good to look at."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from tenants.scoping import company_scope
from tests.support.client import ApiClient
from tickets.actions import timers
from whatsapp.demo.cast import AURORA, PASSWORD, SOL
from whatsapp.demo.scripts import scripts


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """What seeding said and the folder it wrote to. Made once: each test is taken back to this."""
    folder = tmp_path_factory.mktemp("demo")
    out = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(DATA_DIR=folder, MEDIA_ROOT=folder / "media"):
            call_command("seed_demo", stdout=out, emulator="")
        yield out.getvalue(), folder
        transaction.set_rollback(True)


@pytest.fixture
def seeded(demo, db, settings):
    settings.DATA_DIR = demo[1]
    settings.MEDIA_ROOT = demo[1] / "media"
    return demo[0]


def signed_in(email):
    client = ApiClient()
    answer = client.post("/api/auth/login/", {"email": email, "password": PASSWORD, "refresh_in": "body"})
    assert answer.status_code == 200, answer.content
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {answer.json()['access']}")
    return client


def test_everybody_can_sign_in_and_finds_work(seeded, settings):
    assert PASSWORD in seeded
    assert (settings.DATA_DIR / "demo.json").exists()
    for cast in (AURORA, SOL):
        counts = signed_in(cast.people[1].email).get("/api/tickets/counts/").json()
        assert counts["waiting"] == 15
        assert counts["all"] == (43 if cast is AURORA else 42), "a group as well"
        assert counts["waiting_unread"] == 15
        agent = signed_in(cast.people[2].email)
        assert agent.get("/api/tickets/counts/").json()["mine"] > 0
        assert len(agent.get("/api/tickets/?tab=closed").json()["results"]) > 10


def test_a_second_run_changes_nothing(seeded):
    out = StringIO()
    call_command("seed_demo", stdout=out, emulator="")
    assert "there already" in out.getvalue()
    assert len(signed_in(SOL.people[0].email).get("/api/queues/").json()["results"]) == len(SOL.queues)


def test_an_unreachable_emulator_is_said_and_harmless(seeded, settings):
    settings.PRIVATE_HOSTS_ALLOWED = {"127.0.0.1"}
    out, problems = StringIO(), StringIO()
    call_command("seed_demo", stdout=out, stderr=problems, emulator="http://127.0.0.1:9")
    assert "does not answer" in problems.getvalue()
    with pytest.raises(CommandError):
        call_command("connect_demo", emulator="http://127.0.0.1:9", callback="http://127.0.0.1:8000")


def test_production_refuses_known_passwords(settings):
    settings.PRODUCTION = True
    for command in ("seed_demo", "connect_demo"):
        with pytest.raises(CommandError):
            call_command(command)


@pytest.mark.parametrize("cast", [AURORA, SOL], ids=lambda cast: cast.key)
def test_every_script_plays_in_a_queue_of_its_company(cast):
    for language in cast.languages:
        for script in scripts(cast.key, language):
            assert script.queue in cast.queues
            assert script.lines[0].who == "<"
            assert any(line.who == ">" for line in script.lines)


def test_the_address_book_has_segments_an_import_with_errors_and_duplicates(seeded):
    boss = signed_in(AURORA.people[0].email)
    counted = boss.get("/api/segments/counts/").json()["counts"]
    assert len(counted) == 4
    waiting, done = boss.get("/api/contact-imports/").json()["results"]
    assert (waiting["state"], done["state"], done["created"], done["failed"]) == ("ready", "done", 4, 2)
    reasons = [row["reasons"] for row in boss.get("/api/contact-duplicates/").json()["results"]]
    assert ["number"] in reasons
    assert boss.get("/api/contact-merges/").json()["results"]


def test_promises_are_kept_and_broken_and_people_have_limits(seeded):
    boss = signed_in(AURORA.people[0].email)
    assert len(boss.get("/api/sla-policies/").json()["results"]) == 4
    timers.ring()
    rows = boss.get("/api/tickets/?tab=all").json()["results"]
    due = [row for row in rows if row["sla_due_at"]]
    late = [row for row in due if row["sla_breached_at"]]
    assert 0 < len(late) < len(due)
    loads = boss.get("/api/workload/").json()["people"]
    assert {load["capacity"] for load in loads} == {12, 8}


def test_there_is_much_to_answer_with_and_customers_have_rated(seeded):
    agent = signed_in(AURORA.people[2].email)
    replies = agent.get("/api/quick-replies/").json()["results"]
    assert {row["folder"] for row in replies} == {"Vendas", "Entrega", "Trocas", ""}
    assert any(row["attachments"] for row in replies)
    assert any(not row["is_shared"] for row in replies)
    (ticket, *_) = agent.get("/api/tickets/?tab=mine").json()["results"]
    macros = agent.get("/api/macros/").json()["results"]
    steps = agent.post(f"/api/macros/{macros[0]['id']}/preview/", {"ticket": ticket["id"]}).json()["steps"]
    assert len(steps) == len(macros[0]["steps"])
    states = {row["state"] for row in agent.get("/api/scheduled-messages/").json()["results"]}
    assert states == {"active"}
    (summary,) = signed_in(AURORA.people[0].email).get("/api/ratings/summary/").json()["scales"]
    assert summary["answered"] > 50
    assert 3.5 < summary["value"] < 5


def test_every_kind_that_customers_send_can_be_looked_at(seeded):
    from tickets.models import Message
    from tickets.models.message import Direction

    boss = signed_in(AURORA.people[0].email)
    company = boss.get("/api/auth/me/").json()["company"]["id"]
    with company_scope(company):
        rows = Message.objects.filter(direction=Direction.IN)
        shown = set(rows.values_list("kind", flat=True).distinct())
    wanted = {
        "text",
        "image",
        "order",
        "call",
        "form_reply",
        "location",
        "contacts",
        "unsupported",
        "button_reply",
    }
    assert wanted <= shown


def test_costs_are_shown_and_a_reply_waits_for_its_customer(seeded):
    from tickets.models import Message

    for cast in (AURORA, SOL):
        boss = signed_in(cast.people[0].email)
        totals = boss.get("/api/costs/?by=category").json()["totals"]
        assert {"marketing", "utility", "service"} <= {line["key"] for line in totals}
        with company_scope(boss.get("/api/auth/me/").json()["company"]["id"]):
            waiting = Message.objects.select_related("ticket").get(state="parked")
        assert not waiting.ticket.window_is_open(waiting.at)
