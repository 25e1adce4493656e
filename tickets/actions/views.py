"""Saved views: made by a person for themselves or for the company, put in order, thrown away."""

from typing import Any

from django.db import transaction

from helpdesk.errors import Refused
from helpdesk.events import Event, publish, publish_data
from tenants.actions import audit
from tenants.models import User
from tickets.events import VIEW_CREATED, VIEW_DELETED, VIEW_UPDATED
from tickets.models import SavedView
from tickets.serializers.view import SavedViewSerializer

MOST = 50  # of the company, and of each person: all of them are counted at once


@transaction.atomic
def create(*, by: audit.Actor, owner: User | None, position: int | None = None, **fields: Any) -> SavedView:
    """A new one, the last unless told otherwise. The company's without `owner`."""
    beside = SavedView.objects.filter(owner=owner)
    count = beside.count()
    if count >= MOST:
        raise Refused("views_full", f"There is room for {MOST} views. Delete one that nobody uses.")
    view = SavedView(owner=owner, position=count, **fields)
    view.save()
    if position is not None:
        _move(view, position)
    _note("view.created", view, by)
    return _tell(VIEW_CREATED, view)


@transaction.atomic
def update(view: SavedView, *, by: audit.Actor, position: int | None = None, **fields: Any) -> SavedView:
    """Change what is given. With another `owner` it disappears for those who no longer see it."""
    view = SavedView.objects.locked(view.pk)
    before = view.audience()
    for name, value in fields.items():
        setattr(view, name, value)
    view.save()
    if position is not None:
        _move(view, position)
    _note("view.updated", view, by)
    if left := before - view.audience():
        publish(VIEW_DELETED, view, to=left)
    return _tell(VIEW_UPDATED, view)


@transaction.atomic
def delete(view: SavedView, *, by: audit.Actor) -> None:
    """A view holds nothing that would be missed: gone is gone."""
    view = SavedView.objects.locked(view.pk)
    _note("view.deleted", view, by)
    shown, company_id, to = SavedViewSerializer(view).data, view.company_id, view.audience()
    view.delete()
    publish_data(VIEW_DELETED, company_id, shown, to=to)


def _move(view: SavedView, position: int) -> None:
    """Give it this place among those beside it; the others keep their order."""
    beside = SavedView.objects.filter(owner=view.owner_id).exclude(pk=view.pk)
    others = list(beside.order_by("position", "id").select_for_update())
    others.insert(position, view)
    for place, row in enumerate(others):
        if row.position != place:
            row.position = place
            row.save(update_fields=["position"])
            if row is not view:
                _tell(VIEW_UPDATED, row)


def _note(what: str, view: SavedView, by: audit.Actor) -> None:
    if view.owner_id is None:  # the company's business; one's own is nobody else's
        audit.record(what, actor=by, target=f"view:{view.pk}", data={"name": view.name})


def _tell(event: Event, view: SavedView) -> SavedView:
    publish(event, view, to=view.audience())
    return view
