"""Policies of service levels: made, changed and hidden by administrators. What runs already is recalculated when its
ticket next moves."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now

from helpdesk.constraints import unless_taken
from helpdesk.errors import Invalid, Refused
from tenants.actions import audit
from tickets.models import SlaPolicy

MOST = 100
MINUTES = ("first_reply_minutes", "next_reply_minutes", "resolution_minutes")


@transaction.atomic
def create(*, by: audit.Actor, **fields: Any) -> SlaPolicy:
    """A new policy, asked last unless told otherwise."""
    if SlaPolicy.objects.live().count() >= MOST:
        raise Refused("sla_policies_full", f"A company can have {MOST} policies.")
    policy = SlaPolicy(**fields)
    if "position" not in fields:
        policy.position = _after_the_last()
    _save(policy)
    _note("created", policy, by)
    return policy


@transaction.atomic
def update(policy: SlaPolicy, *, by: audit.Actor, **fields: Any) -> SlaPolicy:
    """Change what is given and leave the rest."""
    policy = SlaPolicy.objects.locked(policy.pk)
    for name, value in fields.items():
        setattr(policy, name, value)
    _save(policy)
    _note("updated", policy, by)
    return policy


@transaction.atomic
def delete(policy: SlaPolicy, *, by: audit.Actor) -> None:
    """Hide it: it promises nothing any more, and what it promised before stays in the reports."""
    policy = SlaPolicy.objects.locked(policy.pk)
    if not policy.is_deleted:
        policy.deleted_at = now()
        policy.save(update_fields=["deleted_at"])
        _note("deleted", policy, by)


@transaction.atomic
def restore(policy: SlaPolicy, *, by: audit.Actor) -> SlaPolicy:
    policy = SlaPolicy.objects.locked(policy.pk)
    if policy.is_deleted:
        policy.deleted_at = None
        policy.position = _after_the_last()
        if policy.is_default and SlaPolicy.objects.live().filter(is_default=True).exists():
            policy.is_default = False  # another has taken its place
        _save(policy)
        _note("restored", policy, by)
    return policy


def _save(policy: SlaPolicy) -> None:
    if not any(getattr(policy, name) for name in MINUTES):
        raise Invalid(
            "sla_promises_nothing", "Promise at least one of the times.", first_reply_minutes=["Give a time."]
        )
    taken = Refused("sla_policy_name_taken", "Another policy has this name.", name=["Already in use."])
    if policy.is_default:  # one at a time, and the new one was chosen on purpose
        SlaPolicy.objects.live().filter(is_default=True).exclude(pk=policy.pk).update(is_default=False)
    with unless_taken({"sla_policy_name_once": lambda: taken}):
        policy.save()


def _after_the_last() -> int:
    last = SlaPolicy.objects.live().aggregate(last=Max("position"))["last"]
    return 0 if last is None else min(last + 1, 1000)


def _note(what: str, policy: SlaPolicy, by: audit.Actor) -> None:
    audit.record(f"sla_policy.{what}", actor=by, target=f"sla_policy:{policy.pk}", data={"name": policy.name})
