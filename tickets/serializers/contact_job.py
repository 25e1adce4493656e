"""How an act on many contacts looks to its author."""

from typing import Any

from rest_framework import serializers

from tickets.models.contact_job import ContactAct
from tickets.serializers.job import JobSerializer


class ContactJobErrorSerializer(serializers.Serializer[Any]):
    contact = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()


class ContactJobSerializer(JobSerializer):
    action = serializers.ChoiceField(choices=ContactAct.choices)
    errors = ContactJobErrorSerializer(many=True)  # type: ignore[assignment]  # the row's, not this form's
