"""Who runs the installation: people made operators by whoever has its shell."""

import logging

from django.db import transaction

from tenants.actions import audit
from tenants.actions.sign_up import Founder, create_person
from tenants.models import Membership, Platform, User
from tenants.models.user import clean_email
from tenants.scoping import platform_scope

logger = logging.getLogger(__name__)


def known(email: str) -> User | None:
    """The account with this address."""
    return User.objects.filter(email=clean_email(email)).first()


@transaction.atomic
def create(who: Founder, *, language: str) -> User:
    """A new account, of no company, that runs the installation. Raises Refused, or Invalid for a weak password."""
    Platform.locked()  # nobody signs up as the first person meanwhile and runs it as well
    user = create_person(who, language=language, is_operator=True)
    _record(user)
    return user


@transaction.atomic
def appoint(user: User) -> User:
    """Somebody who has an account runs the installation from now on, with the password they have."""
    user.is_operator = True
    user.save(update_fields=["is_operator", "updated_at"])
    _record(user)
    return user


def _record(user: User) -> None:
    """In the log, and in the audit of each company where the person works: they see more than it from now on."""
    logger.warning("operator appointed", extra={"fields": {"user": user.pk}})
    with platform_scope("an operator is appointed in every company of the person"):
        for company_id in Membership.objects.filter(user=user).values_list("company_id", flat=True):
            audit.record("operator.appointed", actor=None, target=f"user:{user.pk}", company_id=company_id)
