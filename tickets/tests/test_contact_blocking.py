"""Blocked contacts: we do not hear them, the provider is told, and it may refuse."""

import pytest

from tickets.models import ContactAddress
from tickets.transport import TransportError

pytestmark = pytest.mark.django_db


@pytest.fixture
def pest(acme_world, line):
    """Somebody who wrote to one of two numbers."""
    contact = acme_world.contact("Pest", number="5511987650000")
    with acme_world.scope():
        ContactAddress.objects.create(contact=contact, kind="bsuid", value="BR.66", scope="p1")
    acme_world.ticket(line, contact, status="closed")
    acme_world.connection("Never written to")
    return contact


def test_blocking_is_told_on_each_number_that_the_contact_wrote_to(api, pest, line, paper):
    answer = api.patch(f"/api/contacts/{pest.pk}/", {"is_blocked": True})
    assert answer.json()["is_blocked"]
    api.patch(f"/api/contacts/{pest.pk}/", {"is_blocked": True, "name": "Still"})  # nothing new to tell
    api.patch(f"/api/contacts/{pest.pk}/", {"is_blocked": False})
    addresses = ["5511987650000", "BR.66"]
    assert paper.blocked == [(line.pk, addresses, True), (line.pk, addresses, False)]


def test_many_are_blocked_and_let_in_again_by_undoing_it(api, pest, line, paper):
    job = api.post("/api/contact-jobs/", {"action": "block", "contacts": [pest.pk]}, format="json").json()
    api.post(f"/api/contact-jobs/{job['id']}/undo/")
    assert [blocked for _, _, blocked in paper.blocked] == [True, False]


def test_a_provider_that_refuses_changes_nothing_with_us(api, pest, paper):
    paper.block_error = TransportError("Re-engagement required", permanent=True, code="block_refused")
    api.patch(f"/api/contacts/{pest.pk}/", {"is_blocked": True})
    assert api.get(f"/api/contacts/{pest.pk}/").json()["is_blocked"]


def test_a_number_on_hold_is_left_in_peace(api, acme_world, pest, line, paper):
    with acme_world.scope():
        line.status = "held"
        line.save()
    api.patch(f"/api/contacts/{pest.pk}/", {"is_blocked": True})
    assert paper.blocked == []
