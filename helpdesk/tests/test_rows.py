"""Rules over the rows of every company: what people wrote comes back as written, and each row has its dates."""

import pytest
from django.apps import apps

from tenants.scoping import CompanyModel
from tests.gates.rows.tickets import message

pytestmark = pytest.mark.django_db

NASTY = [
    "<script>alert(1)</script>",
    "'; DROP TABLE tickets_message; --",
    "\\u0000 %s {{7*7}} $$",
    "é\u202e🙂",
]


@pytest.mark.parametrize("text", NASTY)
def test_any_text_comes_back_as_written(api, bruno, acme_world, line, sales, text):
    ticket = acme_world.ticket(line, queue=sales, status="open", agent=bruno)
    body = {"client_id": "6f3c1f0e-8b7e-4b8e-9d53-0c7b1d1d2a11", "kind": "note", "body": text}
    assert api.post(f"/api/tickets/{ticket.pk}/messages/", body, format="json").json()["body"] == text
    answer = api.get(f"/api/tickets/{ticket.pk}/messages/")
    assert answer.json()["results"][0]["body"] == text
    assert answer["Content-Type"].startswith("application/json")


@pytest.mark.parametrize("text", ["'", "' OR '1'='1", "%", "\\", "a'); DELETE FROM tickets_contact; --"])
@pytest.mark.parametrize("noun", ["contacts", "tickets"])
def test_quotes_in_a_search_are_only_letters(api, acme_world, noun, text):
    acme_world.contact("Ana")
    answer = api.get(f"/api/{noun}/", {"search": text})
    assert (answer.status_code, answer.json()["results"]) == (200, [])


def test_every_company_row_has_its_dates_and_version():
    models = [model for model in apps.get_models() if issubclass(model, CompanyModel)]
    assert models
    for model in models:
        fields = {field.name for field in model._meta.fields}
        assert {"created_at", "updated_at", "version"} <= fields, model


@pytest.mark.parametrize("noun", ["contacts", "queues", "connections"])
def test_a_change_moves_the_date_of_change_only(as_, ana, acme_world, noun):
    made = {"contacts": acme_world.contact, "queues": lambda: acme_world.queue("Billing")}
    row = made.get(noun, acme_world.connection)()
    client = as_(ana)
    before = client.get(f"/api/{noun}/{row.pk}/").json()
    after = client.patch(f"/api/{noun}/{row.pk}/", {"name": "Another"}, format="json").json()
    assert after["created_at"] == before["created_at"]
    assert after["updated_at"] > before["updated_at"]
    assert after["version"] > before["version"]


def test_a_message_has_its_dates_too(as_, ana, acme_world):
    row = message(acme_world)
    shown = as_(ana).get(f"/api/tickets/{row.ticket_id}/messages/").json()["results"][0]
    assert {"created_at", "updated_at", "version"} <= set(shown)
