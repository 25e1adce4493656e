"""The parameters of each step of a macro, as they are written and kept."""

import re
from typing import Any

from rest_framework import serializers

ID: Any = {"min_value": 1, "max_value": 2**63 - 1}
CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


class NothingForm(serializers.Serializer[Any]):
    """A step that needs no parameters."""


class TextForm(serializers.Serializer[Any]):
    body = serializers.CharField(max_length=4096, trim_whitespace=False)

    def validate_body(self, body: str) -> str:
        if not body.strip():
            raise serializers.ValidationError("Write something.")
        return body


class QuickReplyStepForm(serializers.Serializer[Any]):
    quick_reply = serializers.IntegerField(**ID)


class TagsForm(serializers.Serializer[Any]):
    tags = serializers.ListField(child=serializers.IntegerField(**ID), min_length=1, max_length=50)


class PriorityForm(serializers.Serializer[Any]):
    priority = serializers.ChoiceField(choices=["low", "normal", "high", "urgent"])


class FieldForm(serializers.Serializer[Any]):
    key = serializers.CharField(max_length=40)
    value = serializers.JSONField(allow_null=True)


class SnoozeForm(serializers.Serializer[Any]):
    """So many `minutes`; or at `time` after so many `days`; or, with neither, until the customer's next message."""

    minutes = serializers.IntegerField(min_value=1, max_value=525_600, required=False, allow_null=True)
    days = serializers.IntegerField(min_value=0, max_value=365, required=False, allow_null=True)
    time = serializers.CharField(max_length=5, required=False, allow_null=True)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if (given.get("days") is None) != (given.get("time") is None):
            raise serializers.ValidationError({"time": ["Give days and a time, or neither."]})
        if given.get("time") is not None and not CLOCK.fullmatch(given["time"]):
            raise serializers.ValidationError({"time": ["Write the time as 09:00."]})
        return given


class TransferStepForm(serializers.Serializer[Any]):
    queue = serializers.IntegerField(**ID, required=False, allow_null=True)
    agent = serializers.IntegerField(**ID, required=False, allow_null=True)
    note = serializers.CharField(max_length=4096, required=False, allow_blank=True)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if not given.get("queue") and not given.get("agent"):
            raise serializers.ValidationError({"queue": ["Give a queue, an agent or both."]})
        return given


class CloseForm(serializers.Serializer[Any]):
    """`silent`: the customer is told nothing and asked nothing."""

    silent = serializers.BooleanField(required=False, default=False)
