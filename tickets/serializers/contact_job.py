"""How one act on many contacts looks to its author."""

from typing import Any

from rest_framework import serializers

from tickets.models import ContactJob
from tickets.models.bulk import BulkState
from tickets.models.contact_job import ContactAct


class ContactJobErrorSerializer(serializers.Serializer[Any]):
    contact = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()


class ContactJobSerializer(serializers.Serializer[ContactJob]):
    """`updated` contacts were changed; `kept` were not put back, because somebody changed them since."""

    id = serializers.IntegerField()
    action = serializers.ChoiceField(choices=ContactAct.choices)
    params = serializers.DictField()
    state = serializers.ChoiceField(choices=BulkState.choices)
    total = serializers.IntegerField()
    updated = serializers.IntegerField()
    failed = serializers.IntegerField()
    undone = serializers.IntegerField()
    kept = serializers.IntegerField()
    errors = ContactJobErrorSerializer(many=True)  # type: ignore[assignment]  # the row's, not this form's
    finished_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()
