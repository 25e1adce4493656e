"""How companies look: to everyone as a reference, to their people, and to the operator."""

from typing import Any

from rest_framework import serializers

from tenants.company_settings import BOOLEAN, CHOICE, INTEGER, OPTIONS, Option
from tenants.models import Company
from tenants.models.company import Language, Status


class CompanyRefSerializer(serializers.Serializer[Company]):
    id = serializers.IntegerField()
    name = serializers.CharField()


class CompanySerializer(serializers.Serializer[Company]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    timezone = serializers.CharField()
    language = serializers.ChoiceField(Language.choices)
    status = serializers.ChoiceField(Status.choices)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class LimitsSerializer(serializers.Serializer[Any]):
    """What the company's plan allows; null or absent means as many as they like."""

    users = serializers.IntegerField(min_value=0, max_value=100_000, allow_null=True, required=False)
    queues = serializers.IntegerField(min_value=0, max_value=100_000, allow_null=True, required=False)
    connections = serializers.IntegerField(min_value=0, max_value=100_000, allow_null=True, required=False)


class PlatformCompanySerializer(CompanySerializer):
    """What the operator sees: the company as a customer, never its conversations."""

    limits = LimitsSerializer()
    users = serializers.IntegerField()
    deleted_at = serializers.DateTimeField(allow_null=True)


class SettingSchemaSerializer(serializers.Serializer[Option]):
    """One option, as the console's form needs it."""

    key = serializers.CharField()
    type = serializers.ChoiceField([BOOLEAN, INTEGER, "text", CHOICE])
    default = serializers.JSONField()
    label = serializers.CharField()  # type: ignore[assignment]  # Field's own `label` is text
    help = serializers.CharField()
    choices = serializers.ListField(child=serializers.CharField())
    minimum = serializers.IntegerField(allow_null=True)
    maximum = serializers.IntegerField(allow_null=True)


def setting_fields() -> dict[str, serializers.Field[Any, Any, Any, Any]]:
    """One field per declared option: the same check for the form, the schema and the API."""
    return {option.key: field_of(option) for option in OPTIONS.values()}


def field_of(option: Option) -> serializers.Field[Any, Any, Any, Any]:
    words: dict[str, Any] = {"label": option.label, "help_text": option.help}
    if option.type == BOOLEAN:
        return serializers.BooleanField(**words)
    if option.type == INTEGER:
        return serializers.IntegerField(min_value=option.minimum, max_value=option.maximum, **words)
    if option.type == CHOICE:
        return serializers.ChoiceField(option.choices, **words)
    return serializers.CharField(allow_blank=True, max_length=option.maximum or 1000, **words)


SettingsSerializer: type[serializers.Serializer[Any]] = type(
    "SettingsSerializer", (serializers.Serializer,), setting_fields()
)
