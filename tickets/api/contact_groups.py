"""A contact that is a group: who is in it, and who of us sees it."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.errors import Refused
from tickets.actions import groups
from tickets.api.shared import IdField, NounViewSet, RowField, checked
from tickets.models import Contact, Group, Queue
from tickets.models.group import GroupState


class ParticipantSerializer(serializers.Serializer[Any]):
    """`contact`: when they are somebody we know."""

    name = serializers.CharField(allow_blank=True)
    number = serializers.CharField(allow_null=True)
    contact = serializers.IntegerField(allow_null=True)


class GroupSerializer(serializers.Serializer[Group]):
    """`queue`: where its tickets wait; without one, where the connection's do. `users` see it as well."""

    id = serializers.IntegerField()
    name = serializers.CharField(source="contact.name", allow_blank=True)
    description = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=GroupState.choices)
    participants = serializers.SerializerMethodField()
    queue = serializers.IntegerField(source="queue_id", allow_null=True)
    users = serializers.ListField(child=serializers.IntegerField())
    version = serializers.IntegerField()

    @extend_schema_field(ParticipantSerializer(many=True))
    def get_participants(self, row: Group) -> list[dict[str, Any]]:
        return [
            {"name": one["name"], "number": one["number"] or None, "contact": one["contact"]}
            for one in row.participants
        ]


class GroupForm(serializers.Serializer[Any]):
    queue = RowField(lambda: Queue.objects.live(), allow_null=True, required=False)
    users = serializers.ListField(child=IdField(), required=False, max_length=200)


class ContactGroups(NounViewSet):
    """The part of the contacts' door that goes through a group."""

    @extend_schema(responses=GroupSerializer)
    @action(detail=True, pagination_class=None)
    def group(self, request: Request, pk: int) -> Response:
        """Its participants, and who of us sees it. 409 for a contact that is no group."""
        return Response(GroupSerializer(_group_of(self.get_object())).data)

    @extend_schema(request=GroupForm, responses=GroupSerializer)
    @group.mapping.patch
    def change_group(self, request: Request, pk: int) -> Response:
        """Choose the queue where its tickets wait, and the people who see it besides."""
        row = _group_of(self.get_object())
        given = {"queue": row.queue, "users": row.users} | checked(GroupForm, request)
        return Response(GroupSerializer(groups.change(row.contact, **given)).data)


def _group_of(contact: Contact) -> Group:
    row: Group | None = Group.objects.select_related("contact", "queue").filter(contact=contact).first()
    if row is None:
        raise Refused("not_a_group", "This contact is one person.")
    return row
