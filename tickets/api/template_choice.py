"""How a chosen template is named in a request: the same for a message, a schedule and an automatic text."""

from typing import Any

from rest_framework import serializers

from tickets.api.shared import IdField

LONGEST = 1024
MOST_VARIABLES = 60
MOST_CARDS = 10


class VariablesField(serializers.DictField):
    """{key: text}; the keys are a template's `blanks`."""

    def __init__(self, **kwargs: Any) -> None:
        child = serializers.CharField(max_length=LONGEST, allow_blank=True, trim_whitespace=False)
        super().__init__(child=child, **kwargs)

    def to_internal_value(self, data: Any) -> dict[str, str]:
        given: dict[str, str] = super().to_internal_value(data)
        if len(given) > MOST_VARIABLES or any(len(key) > 80 for key in given):
            raise serializers.ValidationError("Too many variables.")
        return given


class TemplateHeaderForm(serializers.Serializer[Any]):
    """An upload for a picture, a video or a document; or a place."""

    attachment = IdField(required=False)
    latitude = serializers.FloatField(min_value=-90, max_value=90, required=False)
    longitude = serializers.FloatField(min_value=-180, max_value=180, required=False)
    name = serializers.CharField(max_length=300, required=False, allow_blank=True)
    address = serializers.CharField(max_length=500, required=False, allow_blank=True)


class TemplateChoice(serializers.Serializer[Any]):
    """`variables` may hold our own variables ({{firstName}}); what is left out takes the template's default.

    `cards`: the headers of a carousel's cards, in order.
    """

    name = serializers.CharField(max_length=512)
    language = serializers.CharField(max_length=20)
    variables = VariablesField(required=False)
    header = TemplateHeaderForm(required=False, allow_null=True)
    cards = serializers.ListField(
        child=TemplateHeaderForm(allow_null=True), required=False, max_length=MOST_CARDS
    )

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Without what says nothing, so that the same choice always looks the same."""
        given: dict[str, Any] = super().to_internal_value(data)
        if given.get("header"):
            given["header"] = dict(given["header"])
        if given.get("cards"):
            given["cards"] = [dict(card or {}) for card in given["cards"]]
        return {name: value for name, value in given.items() if value}
