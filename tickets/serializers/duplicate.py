"""How two contacts look that may be one person."""

from typing import Any

from rest_framework import serializers

from tickets.serializers.contact import ContactSerializer


class DuplicateSerializer(serializers.Serializer[Any]):
    """`into`: which of the two had better go on; it has written last."""

    first = ContactSerializer()
    second = ContactSerializer()
    reasons = serializers.ListField(
        child=serializers.ChoiceField(choices=["address", "number", "email", "username", "name"])
    )
    into = serializers.IntegerField()


class DuplicatePageSerializer(serializers.Serializer[Any]):
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = DuplicateSerializer(many=True)
