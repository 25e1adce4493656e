"""Segments: made by a person for themselves or for the company, put in order, thrown away, counted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from helpdesk.errors import Refused
from helpdesk.events import Event, publish, publish_data
from tenants.actions import audit
from tenants.models import Company, User
from tickets.events import SEGMENT_CREATED, SEGMENT_DELETED, SEGMENT_UPDATED
from tickets.models import Contact, Segment, filters
from tickets.models.contact_conditions import CONTACT_CONDITIONS
from tickets.models.counts import CountUpTo
from tickets.serializers.segment import SegmentSerializer

MOST = 50  # of the company, and of each person: all of them are counted at once


@transaction.atomic
def create(*, by: audit.Actor, owner: User | None, position: int | None = None, **fields: Any) -> Segment:
    """A new one, the last unless told otherwise. The company's without `owner`."""
    count = Segment.objects.filter(owner=owner).count()
    if count >= MOST:
        raise Refused("segments_full", f"There is room for {MOST} segments. Delete one that nobody uses.")
    segment = Segment(owner=owner, position=count, **fields)
    segment.save()
    if position is not None:
        _move(segment, position)
    _note("segment.created", segment, by)
    return _tell(SEGMENT_CREATED, segment)


@transaction.atomic
def update(segment: Segment, *, by: audit.Actor, position: int | None = None, **fields: Any) -> Segment:
    """Change what is given. With another `owner` it disappears for those who no longer see it."""
    segment = Segment.objects.locked(segment.pk)
    before = segment.audience()
    for name, value in fields.items():
        setattr(segment, name, value)
    segment.save()
    if position is not None:
        _move(segment, position)
    _note("segment.updated", segment, by)
    if left := before - segment.audience():
        publish(SEGMENT_DELETED, segment, to=left)
    return _tell(SEGMENT_UPDATED, segment)


@transaction.atomic
def delete(segment: Segment, *, by: audit.Actor) -> None:
    """A segment holds nothing that would be missed: its contacts stay."""
    segment = Segment.objects.locked(segment.pk)
    _note("segment.deleted", segment, by)
    shown, company_id, to = SegmentSerializer(segment).data, segment.company_id, segment.audience()
    segment.delete()
    publish_data(SEGMENT_DELETED, company_id, shown, to=to)


def counts(
    segments: Sequence[Segment], *, company_id: int, user_id: int | None, at: datetime
) -> list[dict[str, int]]:
    """How many contacts each has, up to the cap, all in one statement."""
    if not segments:
        return []
    subqueries = {f"segment_{one.pk}": CountUpTo(matching(one.filter, user_id, at)) for one in segments}
    counted: Any = Company.objects.filter(pk=company_id).values(**subqueries)[0]
    return [{"segment": one.pk, "count": counted[f"segment_{one.pk}"]} for one in segments]


def matching(filter: filters.Filter, user_id: int | None, at: datetime) -> Any:
    """The living contacts that a checked filter describes."""
    asked = filters.question(filter, user_id=user_id, at=at, conditions=CONTACT_CONDITIONS)
    return Contact.objects.live().filter(asked)


def _move(segment: Segment, position: int) -> None:
    """Give it this place among those beside it; the others keep their order."""
    beside = Segment.objects.filter(owner=segment.owner_id).exclude(pk=segment.pk)
    others = list(beside.order_by("position", "id").select_for_update())
    others.insert(position, segment)
    for place, row in enumerate(others):
        if row.position != place:
            row.position = place
            row.save(update_fields=["position"])
            if row is not segment:
                _tell(SEGMENT_UPDATED, row)


def _note(what: str, segment: Segment, by: audit.Actor) -> None:
    if segment.owner_id is None:  # the company's business; one's own is nobody else's
        audit.record(what, actor=by, target=f"segment:{segment.pk}", data={"name": segment.name})


def _tell(event: Event, segment: Segment) -> Segment:
    publish(event, segment, to=segment.audience())
    return segment
