"""A new company signs up: the company, its first administrator and their session in one step."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from helpdesk.errors import NotAllowed, Refused
from tenants.actions import audit, passwords
from tenants.models import Company, Membership, Platform, User
from tenants.models.user import clean_email
from tenants.roles import Role
from tenants.scoping import company_scope


@dataclass(frozen=True, slots=True)
class Founder:
    """The first person of a company. Without a password they get a letter to choose one."""

    name: str
    email: str
    password: str | None = None


@transaction.atomic
def sign_up(
    company: str,
    founder: Founder,
    *,
    timezone: str = "",
    language: str = "",
    ip: str = "",
) -> User:
    """Open to everybody while the operator allows it. Who comes first on a new installation runs it."""
    platform = Platform.locked()  # two people cannot both be the first
    if not platform.is_sign_up_open:
        raise NotAllowed("sign_up_closed", "New companies cannot sign up here.")
    is_first = not User.objects.exists()
    row = Company.objects.create(name=company, **_given(timezone=timezone, language=language))
    user = create_person(founder, language=row.language, is_operator=is_first)
    with company_scope(row.pk):
        Membership.objects.create(user=user, role=Role.ADMIN)
        audit.record("company.signed_up", actor=user, target=f"company:{row.pk}", ip=ip)
    return user


def create_person(founder: Founder, *, language: str, is_operator: bool = False) -> User:
    """A new account. Raises Refused when the address has one, Invalid when the password is weak."""
    email = clean_email(founder.email)
    user = User(email=email, name=founder.name, language=language, is_operator=is_operator)
    if founder.password is not None:
        passwords.check_new(founder.password, user)
    user.set_password(founder.password)
    with email_taken_on_conflict():
        user.save()
    return user


@contextmanager
def email_taken_on_conflict() -> Iterator[None]:
    """The database decides who was first with an address."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refused(
            "email_taken", "There is an account with this e-mail address.", email=["Already in use."]
        ) from error


def is_open() -> bool:
    return Platform.current().is_sign_up_open


def _given(**values: str) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}
