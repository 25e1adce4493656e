"""How a macro looks to those who may use it, and what a run of it says step by step."""

from typing import Any

from rest_framework import serializers

from tickets.models import Macro
from tickets.serializers.message import AuthorSerializer
from tickets.serializers.ticket import TicketSerializer


class MacroSerializer(serializers.Serializer[Macro]):
    """`steps` are {"kind", …}; `owner` is null for the company's."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    steps = serializers.ListField(child=serializers.DictField())
    owner = AuthorSerializer(allow_null=True)
    is_shared = serializers.BooleanField()
    used_count = serializers.IntegerField()
    used_at = serializers.DateTimeField(allow_null=True)
    is_deleted = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def to_representation(self, row: Macro) -> dict[str, Any]:
        return {
            "id": row.pk,
            "name": row.name,
            "steps": row.steps,
            "owner": {"id": row.owner.pk, "name": row.owner.name} if row.owner else None,
            "is_shared": row.owner_id is None,
            "used_count": row.used_count,
            "used_at": row.used_at,
            "is_deleted": row.is_deleted,
            "created_at": row.created_at,
            "updated_at": row.updated_at,
            "version": row.version,
        }


class StepProblemSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    detail = serializers.CharField()


class StepReportSerializer(serializers.Serializer[Any]):
    """`shown` is what the step does, in words and names; `problem` why it cannot be done now."""

    kind = serializers.CharField()
    shown = serializers.DictField()
    problem = StepProblemSerializer(allow_null=True)


class MacroReportSerializer(serializers.Serializer[Any]):
    steps = StepReportSerializer(many=True)


class MacroDoneSerializer(MacroReportSerializer):
    """`can_undo`: one undo of the ticket takes back all of it that is not a message."""

    ticket = TicketSerializer()
    can_undo = serializers.BooleanField()
