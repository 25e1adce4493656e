"""How the API speaks of filters: the field of a form, and what the console's filter builder is drawn from."""

from collections.abc import Sequence
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from helpdesk.errors import Invalid
from tickets.models import filters
from tickets.models.conditions import CONDITIONS
from tickets.models.presets import PRESETS
from tickets.models.sorting import Sort


@extend_schema_field(OpenApiTypes.STR)
class FilterField(serializers.Field[Any, Any, Any, Any]):
    """JSON in a query string: {"all": [{"key", "operator", "value"}, …]}, see GET tickets/filters/."""

    def to_internal_value(self, data: Any) -> filters.Filter:
        if not isinstance(data, str):
            raise Invalid("invalid_filter", "The filter is JSON.", filter=["Not JSON."])
        return filters.read(data)

    def to_representation(self, value: Any) -> Any:
        return value


@extend_schema_field(OpenApiTypes.OBJECT)
class FilterBodyField(serializers.JSONField):
    """The same in a body. `{}` narrows nothing."""

    def to_internal_value(self, data: Any) -> filters.Filter:
        return filters.check(data)


class OperatorSerializer(serializers.Serializer[Any]):
    """`takes` is the kind of value: choices, queues, people, connections, tags, boolean, days, hours, minutes …"""

    operator = serializers.CharField()
    takes = serializers.CharField()


class ConditionSerializer(serializers.Serializer[Any]):
    """`has_field`: the condition also names one of the company's own fields in `field`."""

    key = serializers.CharField()
    operators = OperatorSerializer(many=True)
    choices = serializers.ListField(child=serializers.CharField())
    has_field = serializers.BooleanField()


class PresetSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    filter = serializers.DictField()
    sort = serializers.ChoiceField(choices=Sort.choices)


class FilterSchemaSerializer(serializers.Serializer[Any]):
    """`presets` are views that every company has."""

    presets = PresetSerializer(many=True)
    conditions = ConditionSerializer(many=True)
    sorts = serializers.ListField(child=serializers.CharField())
    deepest = serializers.IntegerField()
    most = serializers.IntegerField()


def filter_schema(
    asked: filters.Conditions = CONDITIONS, sorts: Sequence[str] = tuple(Sort.values)
) -> dict[str, Any]:
    conditions = [
        {
            "key": key,
            "operators": [
                {"operator": name, "takes": operator.takes} for name, operator in condition.operators.items()
            ],
            "choices": list(condition.choices),
            "has_field": condition.has_field,
        }
        for key, condition in asked.items()
    ]
    return {
        "presets": [vars(preset) for preset in PRESETS],
        "conditions": conditions,
        "sorts": list(sorts),
        "deepest": filters.DEEPEST,
        "most": filters.MOST,
    }
