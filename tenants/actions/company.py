"""What the administrators of a company decide about it."""

from typing import Any

from django.db import transaction
from django.utils.timezone import now

from helpdesk.events import publish
from tenants.actions import audit, sessions
from tenants.company_settings import OPTIONS
from tenants.events import COMPANY_UPDATED
from tenants.models import Company, Membership
from tenants.scoping import current_company_id


@transaction.atomic
def update(changes: dict[str, Any], *, by: audit.Actor) -> Company:
    """Name, time zone, language."""
    company = _locked()
    changed = {key: value for key, value in changes.items() if getattr(company, key) != value}
    if not changed:
        return company
    for key, value in changed.items():
        setattr(company, key, value)
    _save(company, *changed)
    audit.record("company.updated", actor=by, target=f"company:{company.pk}", data=changed)
    return company


@transaction.atomic
def set_options(values: dict[str, Any], *, by: audit.Actor) -> Company:
    """Keep what differs from the defaults, so that a better default reaches everyone who never chose."""
    company = _locked()
    changed = {key: value for key, value in values.items() if company.option(key) != value}
    if not changed:
        return company
    kept = {**company.settings, **changed}
    company.settings = {
        key: value for key, value in kept.items() if key in OPTIONS and value != OPTIONS[key].default
    }
    _save(company, "settings")
    audit.record("settings.updated", actor=by, target=f"company:{company.pk}", data=changed)
    # An option may change what people see: their sockets learn it now, not at the next sign-in.
    sessions.rights_changed(company.pk, Membership.objects.active().values_list("user_id", flat=True))
    return company


def options_of(company: Company) -> dict[str, Any]:
    return {key: company.option(key) for key in OPTIONS}


def _locked() -> Company:
    return Company.objects.select_for_update(no_key=True).get(pk=current_company_id())


def _save(company: Company, *fields: str) -> None:
    company.version += 1
    company.updated_at = now()
    company.save(update_fields=[*fields, "version", "updated_at"])
    publish(COMPANY_UPDATED, company, to={"company"})
