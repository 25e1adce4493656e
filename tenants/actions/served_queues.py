"""Which queues a person serves. Queues belong to `tickets`; they are reached through the membership's own
relation and by name, so this app still imports nothing from above."""

from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string

from helpdesk.errors import Invalid
from helpdesk.events import publish
from tenants.models import Membership


def serve(membership: Membership, wanted: list[int]) -> bool:
    """Make these the person's queues. Answers whether anything changed; raises Invalid for unknown ones."""
    members = membership.queue_members.all()
    queues = _queue_model().objects.live()
    before = set(members.values_list("queue_id", flat=True))
    after = set(wanted)
    known = set(queues.filter(pk__in=before | after).values_list("pk", flat=True))
    if unknown := after - known:
        reasons = [f"There is no queue {min(unknown)}."]
        raise Invalid("invalid", "Some fields need another value.", queues=reasons)
    added, dropped = after - before, (before - after) & known
    for queue_id in sorted(added):
        members.model.objects.create(queue_id=queue_id, membership=membership)
    members.filter(queue_id__in=dropped).delete()
    _tell(added | dropped)
    return bool(added or dropped)


def tell_queues_of(membership: Membership) -> None:
    """The person left or came back: the queues they serve have other people now."""
    _tell(set(membership.queue_members.values_list("queue_id", flat=True)))


def _tell(queue_ids: set[int]) -> None:
    """Its members are part of how a queue looks, so it gets a new version."""
    for queue in _queue_model().objects.live().filter(pk__in=queue_ids).order_by("pk"):
        queue.save(update_fields=[])
        publish(import_string("tickets.events.QUEUE_UPDATED"), queue, to={"company"})


def _queue_model() -> Any:
    return apps.get_model("tickets", "Queue")
