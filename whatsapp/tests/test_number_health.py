"""How a number is: looked at by the clock and after Meta's news, kept on the connection, told to administrators."""

from datetime import UTC, datetime

import pytest

from tickets.actions import connections
from tickets.models import Connection, Notification
from tickets.transport import Check, Health
from whatsapp.cloud_api import number_lines

FINE = Health((Check("access_token", True, ""),), quality="green")


@pytest.fixture
def provider(monkeypatch, settings):
    """What the provider answers when it is asked how the number is."""
    from tickets.tests.paper import Paper

    settings.TRANSPORTS = {**settings.TRANSPORTS, "cloud_api": "tickets.tests.paper.Paper"}
    answers = [FINE]
    monkeypatch.setattr(Paper, "inspect", lambda self, connection: answers[-1])
    return answers


def news(field, waba="102290129340398", **value):
    change = {"field": field, "value": value}
    entry = {"id": waba, "time": 1_790_000_000, "changes": [change]}
    return {"object": "whatsapp_business_account", "entry": [entry]}


def read(world, number):
    with world.scope():
        return Connection.objects.get(pk=number.pk)


def told(world, user):
    with world.scope():
        return list(Notification.objects.filter(user=user, kind="number").values_list("data", flat=True))


@pytest.mark.parametrize("field", ["phone_number_quality_update", "account_update", "security"])
def test_news_of_meta_lead_to_a_fresh_look(meta, number, provider, acme_world, ana, field):
    provider.append(Health((Check("quality", True, "", warning=True),), quality="red"))
    assert meta.post(news(field, event="FLAGGED")).status_code == 200
    seen = read(acme_world, number)
    assert (seen.quality, seen.status) == ("red", "connected")
    assert seen.health["checks"][0]["warning"] is True
    assert [data["connection"] for data in told(acme_world, ana)] == [number.pk]


def test_a_token_that_ends_soon_is_told_once(meta, number, provider, acme_world, ana):
    provider.append(Health((Check("access_token", True, "It ends on 2026-12-01.", warning=True),)))
    for _ in range(2):
        meta.post(news("security", event="FLAGGED"))
    assert [data["text"] for data in told(acme_world, ana)] == [f"{number.name}: It ends on 2026-12-01."]


def test_news_of_another_account_change_nothing(meta, number, provider, acme_world):
    provider.append(Health((), quality="red"))
    meta.post(news("phone_number_quality_update", waba="999", event="FLAGGED"))
    assert read(acme_world, number).quality == ""


def test_a_disabled_account_holds_the_queue_and_says_why(meta, number, provider, acme_world, ana):
    meta.post(news("account_update", event="DISABLED_UPDATE"))
    seen = read(acme_world, number)
    assert (seen.status, seen.status_reason) == ("held", "Meta disabled this WhatsApp account.")
    assert seen.status_code == "account_disabled"  # consoles have the words
    [data] = told(acme_world, ana)
    assert (data["name"], data["code"]) == (number.name, "account_disabled") and "disabled" in data["text"]


def test_a_look_by_the_clock_releases_what_was_held(
    number, provider, acme_world, django_capture_on_commit_callbacks
):
    with acme_world.scope():
        Connection.objects.filter(pk=number.pk).update(status="held", status_reason="x")
    with django_capture_on_commit_callbacks(execute=True):
        connections.look_at_all()
    assert read(acme_world, number).status == "connected"


def test_a_provider_that_does_not_answer_disconnects_nobody(number, provider, acme_world):
    provider.append(Health((Check("access_token", False, "down"),), is_unreachable=True))
    with acme_world.scope():
        connections.look(number.company_id, number.pk)
    assert read(acme_world, number).status == "connected"


def test_admins_hear_once_that_a_number_is_disconnected(number, provider, acme_world, ana):
    provider.append(Health((Check("access_token", False, "It expired.", code="token_invalid"),)))
    for _ in range(2):
        with acme_world.scope():
            connections.look(number.company_id, number.pk)
    assert len(told(acme_world, ana)) == 1
    assert read(acme_world, number).status_code == "token_invalid"


def test_the_last_look_is_shown_on_the_connection(as_, ana, number, provider, acme_world):
    with acme_world.scope():
        connections.look(number.company_id, number.pk)
    shown = as_(ana).get(f"/api/connections/{number.pk}/").json()["health"]
    assert [line["name"] for line in shown["checks"]] == ["access_token"]


@pytest.mark.parametrize(
    ("day", "warning"), [(datetime(2028, 3, 1, tzinfo=UTC), False), (datetime(2028, 4, 20, tzinfo=UTC), True)]
)
def test_a_graph_version_warns_120_days_before_it_ends(
    number, acme_world, whatsapp_app, time_machine, day, warning
):
    time_machine.move_to(day)
    with acme_world.scope():
        type(whatsapp_app).objects.filter(pk=whatsapp_app.pk).update(graph_version="v25.0")
        found = {line.name: line for line in number_lines.lines(number, {})}
    assert found["graph_version"].warning is warning


def test_restrictions_are_told_in_metas_words(number, acme_world):
    entity = {"errors": [{"error_description": "Add a payment method."}]}
    health = {"health_status": {"can_send_message": "BLOCKED", "entities": [entity]}}
    with acme_world.scope():
        found = {line.name: line for line in number_lines.lines(number, health)}
    assert (found["restrictions"].ok, found["restrictions"].detail) == (False, "Add a payment method.")
