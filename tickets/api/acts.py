"""Doors to what agents do with a ticket beside talking: put it aside, mark it, join, merge, take back."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.authentication import auth_of
from tenants.models import User
from tickets.actions import fields, marks, merging, participants, pins, snooze, times, undo
from tickets.api.shared import IdField, NounViewSet, checked, person_behind
from tickets.api.viewing import viewer
from tickets.models import Ticket
from tickets.models.ticket import Priority
from tickets.serializers.personal import PinsSerializer
from tickets.serializers.ticket import PRIORITIES, TicketSerializer
from tickets.serializers.times import TimesSerializer

LABELS = {priority.label: priority for priority in Priority}


class SnoozeForm(serializers.Serializer[Any]):
    """`until` null: until the customer writes, which wakes it in any case."""

    until = serializers.DateTimeField(allow_null=True, default=None)


class PriorityForm(serializers.Serializer[Any]):
    priority = serializers.ChoiceField(choices=PRIORITIES)


class TagsForm(serializers.Serializer[Any]):
    """`tags` are the tags it has from now on; `add` and `remove` leave the others alone."""

    tags = serializers.ListField(child=IdField(), required=False, max_length=50)
    add = serializers.ListField(child=IdField(), required=False, max_length=50)
    remove = serializers.ListField(child=IdField(), required=False, max_length=50)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if not given or ("tags" in given and len(given) > 1):
            raise serializers.ValidationError({"tags": ["Give either tags, or what to add and remove."]})
        return given


class PeopleForm(serializers.Serializer[Any]):
    users = serializers.ListField(child=IdField(), min_length=1, max_length=50)


class MergeForm(serializers.Serializer[Any]):
    """`other_contact`: yes, they are two different customers."""

    into = IdField()
    other_contact = serializers.BooleanField(default=False)


class FieldsForm(serializers.Serializer[Any]):
    """Values by the keys of the fields; null empties one."""

    fields = serializers.DictField(child=serializers.JSONField(allow_null=True))  # type: ignore[assignment]

    def get_fields(self) -> dict[str, Any]:
        """A field called `fields` hides the property that DRF keeps them in."""
        return {"fields": serializers.DictField(child=serializers.JSONField(allow_null=True))}


class TicketActs(NounViewSet):
    """Mixed into the door to tickets. Each answers the ticket as it is now."""

    acts = {
        "snooze": "tickets.write",
        "wake": "tickets.write",
        "priority": "tickets.write",
        "tags": "tickets.write",
        "pin": "tickets.read",
        "unpin": "tickets.read",
        "pins": "tickets.read",
        "join": "tickets.write",
        "leave": "tickets.write",
        "merge": "tickets.write",
        "undo": "tickets.write",
        "custom_fields": "tickets.write",
        "times": "tickets.read",
        "by_number": "tickets.read",
    }

    @extend_schema(request=SnoozeForm, responses=TicketSerializer)
    @action(detail=True, methods=["post"])
    def snooze(self, request: Request, pk: int) -> Response:
        """Put it aside until a time, or until the customer writes."""
        ticket = self.get_object()
        return _shown(snooze.snooze(ticket, by=auth_of(request).user, **checked(SnoozeForm, request)))

    @extend_schema(request=None, responses=TicketSerializer)
    @action(detail=True, methods=["post"])
    def wake(self, request: Request, pk: int) -> Response:
        """Bring it back into the lists."""
        return _shown(snooze.wake(self.get_object(), by=auth_of(request).user))

    @extend_schema(request=PriorityForm, responses=TicketSerializer)
    @action(detail=True, methods=["post"])
    def priority(self, request: Request, pk: int) -> Response:
        """How urgent it is."""
        ticket = self.get_object()
        wanted = LABELS[checked(PriorityForm, request)["priority"]]
        return _shown(marks.prioritize(ticket, by=auth_of(request).user, priority=wanted))

    @extend_schema(request=TagsForm, responses=TicketSerializer)
    @action(detail=True, methods=["post"])
    def tags(self, request: Request, pk: int) -> Response:
        """What it is about."""
        ticket, by = self.get_object(), auth_of(request).user
        given = checked(TagsForm, request)
        if "tags" in given:
            return _shown(marks.tag(ticket, by=by, tag_ids=given["tags"]))
        return _shown(
            marks.change_tags(ticket, by=by, add=given.get("add", []), remove=given.get("remove", []))
        )

    @extend_schema(request=None, responses=PinsSerializer)
    @action(detail=True, methods=["post"])
    def pin(self, request: Request, pk: int) -> Response:
        """Keep it on top of one's own lists."""
        return _pins(pins.pin(self.get_object(), by=person_behind(request)))

    @extend_schema(responses={200: PinsSerializer})
    @pin.mapping.delete
    def unpin(self, request: Request, pk: int) -> Response:
        return _pins(pins.unpin(self.get_object(), by=person_behind(request)))

    @extend_schema(responses=PinsSerializer)
    @action(detail=False, pagination_class=None)
    def pins(self, request: Request) -> Response:
        """One's own pins, the last one first."""
        return _pins(pins.pinned_by(person_behind(request)))

    @extend_schema(request=PeopleForm, responses=TicketSerializer)
    @action(detail=True, methods=["post"], url_path="participants", url_name="participants")
    def join(self, request: Request, pk: int) -> Response:
        """Let colleagues see it beside its agent."""
        ticket = self.get_object()
        people = checked(PeopleForm, request)["users"]
        return _shown(participants.add(ticket, by=auth_of(request).user, user_ids=people))

    @extend_schema(
        parameters=[OpenApiParameter("user", int, OpenApiParameter.PATH)], responses={200: TicketSerializer}
    )
    @action(
        detail=True, methods=["delete"], url_path="participants/(?P<user>[0-9]{1,18})", url_name="participant"
    )
    def leave(self, request: Request, pk: int, user: str) -> Response:
        """A participant no longer takes part."""
        ticket = self.get_object()
        person = User.objects.filter(pk=int(user), memberships__company=ticket.company_id).first()
        if person is None:
            raise Http404
        return _shown(participants.remove(ticket, by=auth_of(request).user, user=person))

    @extend_schema(request=MergeForm, responses=TicketSerializer)
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, pk: int) -> Response:
        """Move its messages into another ticket and end it. Answers the ticket that goes on."""
        ticket = self.get_object()
        given = checked(MergeForm, request)
        into = self.get_queryset().filter(pk=given["into"]).first()
        if into is None:
            raise serializers.ValidationError({"into": [f"There is no row {given['into']}."]})
        by = auth_of(request).user
        return _shown(merging.merge(ticket, into=into, by=by, other_contact=given["other_contact"]))

    @extend_schema(request=None, responses=TicketSerializer)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: int) -> Response:
        """Take back the last thing one did to it, within the seconds that the company allows."""
        by = person_behind(request)
        # Whoever transferred it may no longer see it, but may take the transfer back.
        mine = Ticket.objects.shown().filter(pk=pk)
        ticket = mine.first() if undo.last_step(int(pk), by=by) else self.get_object()
        if ticket is None:
            raise Http404
        return _shown(undo.undo(ticket, by=by))

    @extend_schema(request=FieldsForm, responses=TicketSerializer, methods=["PATCH"])
    @action(detail=True, methods=["patch"], url_path="fields", url_name="fields")
    def custom_fields(self, request: Request, pk: int) -> Response:
        """Fill in the company's own fields; those that are not named stay."""
        ticket = self.get_object()
        values = checked(FieldsForm, request)["fields"]
        return _shown(fields.fill_in(ticket, by=auth_of(request).user, values=values))

    @extend_schema(responses=TimesSerializer)
    @action(detail=True)
    def times(self, request: Request, pk: int) -> Response:
        """How long it waited and was worked on, episode by episode."""
        return Response(TimesSerializer(times.times_of(self.get_object())).data)

    @extend_schema(
        parameters=[OpenApiParameter("number", int, OpenApiParameter.PATH)], responses=TicketSerializer
    )
    @action(detail=False, url_path="by-number/(?P<number>[0-9]{1,9})", url_name="by-number")
    def by_number(self, request: Request, number: str) -> Response:
        """The ticket that people call by this number; of one that was merged, the one that goes on."""
        visible = Ticket.objects.visible_to(viewer(request))
        ticket = visible.filter(number=int(number)).first()
        if ticket is None:
            raise Http404
        after = merging.survivor_of(ticket)
        return _shown(after if visible.filter(pk=after.pk).exists() else ticket)


def _shown(ticket: Ticket) -> Response:
    return Response(TicketSerializer(ticket).data)


def _pins(tickets: list[int]) -> Response:
    return Response({"tickets": tickets}, status=status.HTTP_200_OK)
