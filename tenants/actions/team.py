"""The people of a company: invite, change, remove and bring back."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from helpdesk.errors import Refused
from helpdesk.events import publish
from tenants.actions import audit, limits, mail, presence, sessions
from tenants.actions.served_queues import serve, tell_queues_of
from tenants.actions.sign_up import Founder, create_person, email_taken_on_conflict
from tenants.events import USER_CREATED, USER_UPDATED
from tenants.models import Company, Membership, Session, User
from tenants.models.user import clean_email
from tenants.roles import Role
from tenants.scoping import current_company_id, platform_scope

IDENTITY = {"name", "email"}  # belongs to the person, not to one company
WORK = ("capacity", "work_begins", "work_ends")


@transaction.atomic
def add(who: Founder, *, role: str, queues: list[int], by: audit.Actor) -> Membership:
    """A new colleague. Somebody with an account elsewhere keeps name and password and joins this company."""
    limits.require_room("users", Membership.objects.filter(is_active=True))
    company = Company.objects.get(pk=current_company_id())
    user = User.objects.filter(email=clean_email(who.email)).first()
    if user is None:
        user = create_person(who, language=company.language)
        if who.password is None:
            mail.send_link(user, mail.INVITATION, company.name)
    if Membership.objects.filter(user=user).exists():
        raise Refused(
            "email_taken", "There is a user with this e-mail address.", email=["Already in the team."]
        )
    membership = Membership.objects.create(user=user, role=role)
    serve(membership, queues)
    row = _reload(membership)
    data = {"email": user.email, "role": role}
    audit.record("user.created", actor=by, target=f"user:{user.pk}", data=data)
    publish(USER_CREATED, row, to={"company"})
    return row


@transaction.atomic
def change(membership: Membership, changes: dict[str, Any], *, by: audit.Actor) -> Membership:
    """Name, e-mail, role, queues, capacity, working hours, active or not: only what is given."""
    membership = _locked(membership)
    if changes.get("is_active") is False:
        _remove(membership, by)
    elif changes.get("is_active"):
        _restore(membership, by)
    identity = {key: changes[key] for key in IDENTITY & changes.keys()}
    if identity:
        _rename(membership, identity, by)
    if "role" in changes and changes["role"] != membership.role:
        _give_role(membership, changes["role"], by)
    if "queues" in changes and serve(membership, changes["queues"]):
        sessions.rights_changed(membership.company_id, [membership.user_id])
    for key in WORK:
        setattr(membership, key, changes.get(key, getattr(membership, key)))
    membership.save(update_fields=["role", "is_active", *WORK])
    if "is_active" in changes:
        tell_queues_of(membership)
    presence.desk_changed(membership)  # perhaps more tickets, perhaps of other queues
    return _publish(membership)


@transaction.atomic
def remove(membership: Membership, *, by: audit.Actor) -> Membership:
    """The person loses access now; their open tickets wait for a colleague; nothing they wrote is lost."""
    membership = _locked(membership)
    _remove(membership, by)
    membership.save(update_fields=["is_active"])
    tell_queues_of(membership)
    return _publish(membership)


@transaction.atomic
def restore(membership: Membership, *, by: audit.Actor) -> Membership:
    membership = _locked(membership)
    _restore(membership, by)
    membership.save(update_fields=["is_active"])
    tell_queues_of(membership)
    return _publish(membership)


def _remove(membership: Membership, by: audit.Actor) -> None:
    if not membership.is_active:
        return
    if membership.role == Role.ADMIN:
        _require_another_admin(membership)
    membership.is_active = False
    sessions.end(
        Session.objects.filter(user=membership.user_id, company=membership.company_id), because="removed"
    )
    sessions.rights_changed(membership.company_id, [membership.user_id])  # also closes sockets left open
    presence.went_home(membership.user_id)
    for path in settings.MEMBER_LEFT:
        import_string(path)(membership.user)
    audit.record("user.removed", actor=by, target=f"user:{membership.user_id}")


def _restore(membership: Membership, by: audit.Actor) -> None:
    if membership.is_active:
        return
    limits.require_room("users", Membership.objects.filter(is_active=True))
    membership.is_active = True
    audit.record("user.restored", actor=by, target=f"user:{membership.user_id}")


def _give_role(membership: Membership, role: str, by: audit.Actor) -> None:
    if membership.role == Role.ADMIN and membership.is_active:
        _require_another_admin(membership)
    data = {"from": membership.role, "to": role}
    membership.role = role
    audit.record("user.role_changed", actor=by, target=f"user:{membership.user_id}", data=data)
    sessions.rights_changed(membership.company_id, [membership.user_id])


def _require_another_admin(membership: Membership) -> None:
    admins = Membership.objects.active().filter(role=Role.ADMIN)
    if not admins.exclude(pk=membership.pk).exists():
        raise Refused("last_admin", "The company needs at least one administrator.")


def _rename(membership: Membership, identity: dict[str, str], by: audit.Actor) -> None:
    """Only while the account is this company's alone: a name or address that another company knows, and the
    power to reset a password by mail, are not this company's to change."""
    user = membership.user
    if "email" in identity:
        identity["email"] = clean_email(identity["email"])
    changed = {key: value for key, value in identity.items() if getattr(user, key) != value}
    if not changed:
        return
    is_self = isinstance(by, User) and by.pk == user.pk
    if not is_self and (user.is_operator or _works_elsewhere(user)):
        raise Refused("user_shared", "This person belongs to other companies too; only they can change this.")
    for key, value in changed.items():
        setattr(user, key, value)
    with email_taken_on_conflict():
        user.save(update_fields=[*changed, "updated_at"])
    audit.record("user.updated", actor=by, target=f"user:{user.pk}", data={"changed": sorted(changed)})


def _works_elsewhere(user: User) -> bool:
    with platform_scope("whether an account belongs to one company alone"):
        return bool(Membership.objects.filter(user=user).count() > 1)


def _locked(membership: Membership) -> Membership:
    """The company's row first: two admins cannot remove each other in the same moment."""
    Company.objects.select_for_update(no_key=True).get(pk=current_company_id())
    row: Membership = Membership.objects.locked(membership.pk)
    row.user = User.objects.select_for_update(no_key=True).get(pk=row.user_id)
    return row


def _publish(membership: Membership) -> Membership:
    row = _reload(membership)
    publish(USER_UPDATED, row, to={"company"})
    return row


def _reload(membership: Membership) -> Membership:
    row: Membership = Membership.objects.with_parts().get(pk=membership.pk)
    return row
