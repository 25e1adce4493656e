"""A statement whose text is kept is still fenced, and still says what the query set says."""

import pytest
from django.db import connection
from django.db.models.functions import Upper

from tenants.scoping import company_scope
from tenants.statements import Later, Statement, update_of
from tickets.models import Contact

pytestmark = pytest.mark.django_db

NAMED = Statement(lambda: Contact.objects.filter(name=Later("name")).values_list("id", "name"))


@pytest.fixture
def twins(acme_world, rival_world):
    return acme_world.contact("Ana"), rival_world.contact("Ana")


def test_each_company_fills_in_itself(acme, rival, twins):
    ours, theirs = twins
    with company_scope(acme.pk):
        assert [row.id for row in NAMED.rows(name="Ana")] == [ours.pk]
    with company_scope(rival.pk):
        assert [row.id for row in NAMED.rows(name="Ana")] == [theirs.pk]


def test_without_a_company_nothing_is_sent(twins):
    from django_scopes.exceptions import ScopeError

    with pytest.raises(ScopeError):
        NAMED.rows(name="Ana")


def test_a_caller_cannot_name_another_company(acme, rival, twins):
    with company_scope(acme.pk):
        assert [row.id for row in NAMED.rows(name="Ana", company=rival.pk)] == [twins[0].pk]


def test_an_empty_list_of_ids_finds_nothing(acme_world, acme, line):
    from tickets.models import Ticket

    acme_world.ticket(line)
    waiting = Statement(lambda: Ticket.objects.filter(queue__any=Later("queues")).values_list("id"))
    with company_scope(acme.pk):
        assert waiting.rows(queues=[]) == []


def test_an_update_within_another_statement_stores_what_save_would(acme_world, acme):
    contact = acme_world.contact("Ana")
    with company_scope(acme.pk), connection.cursor() as cursor:
        contact.name, contact.notes = "Ana Sousa", "not asked for"
        cursor.execute(*update_of(contact, ["name"]))
        stored = Contact.objects.get(pk=contact.pk)
    assert (stored.name, stored.notes) == ("Ana Sousa", "")
    assert (stored.version, stored.updated_at) == (contact.version, contact.updated_at)
    assert stored.version == 2


def test_what_is_annotated_is_read_as_well(twins, acme):
    loud = Statement(lambda: Contact.objects.annotate(loud=Upper("name")).filter(name=Later("name")))
    with company_scope(acme.pk):
        assert [(row.name, row.loud) for row in loud.rows(name="Ana")] == [("Ana", "ANA")]
