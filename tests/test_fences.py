"""Each fence alone keeps a company's rows in: neither leans on the other."""

import django_scopes
import pytest
from django.db import ProgrammingError, connection

from helpdesk.fence import Fence, fenced
from helpdesk.fences import company_models, company_tables
from tenants.scoping import company_scope, platform_scope
from tickets.models import Contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def contacts(acme_world, rival_world):
    return acme_world.contact("Ours"), rival_world.contact("Theirs")


def names_in_raw_sql():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM tickets_contact ORDER BY name")
        return [name for (name,) in cursor.fetchall()]


def test_a_query_without_a_company_raises(contacts):
    with pytest.raises(django_scopes.exceptions.ScopeError):
        Contact.objects.count()


def test_inside_a_scope_only_its_company_exists(acme, contacts):
    with company_scope(acme.pk):
        assert [contact.name for contact in Contact.objects.all()] == ["Ours"]


def test_the_database_alone_hides_other_companies_when_the_orm_fence_is_removed(acme, contacts):
    with django_scopes.scopes_disabled(), fenced(Fence(company_id=acme.pk)):
        assert [contact.name for contact in Contact.objects.all()] == ["Ours"]


def test_the_orm_alone_hides_other_companies_when_the_database_fence_is_removed(acme, contacts):
    with django_scopes.scope(company=acme.pk), fenced(Fence(platform=True)):
        assert names_in_raw_sql() == ["Ours", "Theirs"]  # the database fence is really down
        assert [contact.name for contact in Contact.objects.all()] == ["Ours"]


def test_raw_sql_without_a_scope_sees_nothing(contacts):
    assert names_in_raw_sql() == []


def test_the_platform_door_sees_every_company(contacts):
    with platform_scope("this test"):
        assert names_in_raw_sql() == ["Ours", "Theirs"]


def test_the_database_refuses_a_row_of_another_company(acme, rival):
    no_orm_fence = django_scopes.scopes_disabled()
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with no_orm_fence, fenced(Fence(company_id=acme.pk)), refused:
        Contact.objects.bulk_create([Contact(company_id=rival.pk, name="Smuggled")])


def test_saving_into_another_company_is_refused(acme, rival):
    with company_scope(acme.pk), pytest.raises(django_scopes.exceptions.ScopeError):
        Contact.objects.create(company_id=rival.pk, name="Smuggled")


def test_the_fence_follows_scopes_that_nest_and_fail(acme, rival, contacts):
    with company_scope(acme.pk):
        with pytest.raises(ZeroDivisionError), company_scope(rival.pk):
            assert names_in_raw_sql() == ["Theirs"]
            raise ZeroDivisionError
        assert names_in_raw_sql() == ["Ours"]
    assert names_in_raw_sql() == []


def test_a_rolled_back_transaction_does_not_leave_the_wrong_company_behind(acme, rival, contacts):
    from django.db import transaction

    with company_scope(acme.pk):
        names_in_raw_sql()
        with pytest.raises(ZeroDivisionError), transaction.atomic(), company_scope(rival.pk):
            names_in_raw_sql()
            raise ZeroDivisionError
        assert names_in_raw_sql() == ["Ours"]


def test_the_application_role_owns_nothing_and_bypasses_nothing():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchone() == (0,)


def test_every_company_table_has_the_policy():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid "
            "WHERE c.relrowsecurity AND p.polname = 'company_fence'"
        )
        fenced_tables = {name for (name,) in cursor.fetchall()}
    assert fenced_tables == set(company_tables())


def test_every_model_with_a_company_is_fenced():
    """A model with a foreign key to Company that forgot its base class would have no fence."""
    from django.apps import apps

    from tenants.models import Company, Session

    known = set(company_models()) | {Session}  # a session is its person's, and read before any scope
    pointing = {
        model
        for model in apps.get_models()
        if any(field.related_model is Company for field in model._meta.fields)
    }
    assert pointing <= known
