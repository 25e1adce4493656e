"""What the operator of the installation does: companies as customers, and who may sign up.

Every call runs in the platform's scope, opened by the operator's door.
"""

from typing import Any

from django.db import transaction
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import now

from helpdesk.events import publish
from tenants.actions import audit, mail, sessions
from tenants.actions.sign_up import Founder, create_person
from tenants.events import COMPANY_UPDATED
from tenants.models import Company, Membership, Platform, User
from tenants.models.company import Status
from tenants.roles import Role


def companies(*, deleted: bool = False) -> QuerySet[Company]:
    """All companies with the number of their people."""
    people = Membership.objects.filter(company=OuterRef("pk"), is_active=True).order_by()
    counted = people.values("company").annotate(n=Count("pk")).values("n")
    users = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    return Company.objects.filter(deleted_at__isnull=not deleted).annotate(users=users)


@transaction.atomic
def create(fields: dict[str, Any], founder: Founder, *, by: User) -> Company:
    """A company and its first administrator, who gets a letter unless a password is given."""
    company = Company.objects.create(**fields)
    user = create_person(founder, language=company.language)
    Membership.objects.create(company_id=company.pk, user=user, role=Role.ADMIN)
    if founder.password is None:
        mail.send_link(user, mail.INVITATION, company.name)
    _record("company.created", company, by)
    return company


@transaction.atomic
def update(company: Company, changes: dict[str, Any], *, by: User) -> Company:
    company = _locked(company)
    for key, value in changes.items():
        setattr(company, key, value)
    return _save(company, list(changes), "company.updated", by, changes)


@transaction.atomic
def block(company: Company, *, by: User) -> Company:
    """Nobody of the company gets in until it is unblocked; customers' messages are still kept."""
    company = _locked(company)
    company.status = Status.BLOCKED
    return _save(company, ["status"], "company.blocked", by)


@transaction.atomic
def unblock(company: Company, *, by: User) -> Company:
    company = _locked(company)
    company.status = Status.ACTIVE
    return _save(company, ["status"], "company.unblocked", by)


@transaction.atomic
def delete(company: Company, *, by: User) -> Company:
    """Hidden and shut, with all its rows kept."""
    company = _locked(company)
    company.deleted_at = now()
    return _save(company, ["deleted_at"], "company.deleted", by)


@transaction.atomic
def restore(company: Company, *, by: User) -> Company:
    company = _locked(company)
    company.deleted_at = None
    return _save(company, ["deleted_at"], "company.restored", by)


@transaction.atomic
def open_sign_up(is_open: bool) -> Platform:
    """Whether strangers may create companies."""
    platform = Platform.locked()
    platform.sign_up_open = is_open
    platform.save(update_fields=["sign_up_open", "updated_at"])
    return platform


def _locked(company: Company) -> Company:
    return Company.objects.select_for_update(no_key=True).get(pk=company.pk)


def _save(
    company: Company, fields: list[str], action: str, by: User, data: dict[str, Any] | None = None
) -> Company:
    company.version += 1
    company.save(update_fields=[*fields, "version", "updated_at"])
    _record(action, company, by, data)
    publish(COMPANY_UPDATED, company, to={"company"})
    if company.is_blocked:
        members = Membership.objects.filter(company=company).values_list("user_id", flat=True)
        sessions.rights_changed(company.pk, members)  # their sockets find out that they may hear nothing
    return company


def _record(action: str, company: Company, by: User, data: dict[str, Any] | None = None) -> None:
    audit.record(action, actor=by, target=f"company:{company.pk}", data=data, company_id=company.pk)
