"""Fields that several doors of this app read."""

import functools
import zoneinfo
from typing import Any

from rest_framework import serializers

from tenants.models.company import Language


@functools.cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


class TimezoneField(serializers.CharField):
    """A name of the IANA time zone database, such as America/Sao_Paulo."""

    default_error_messages = {"unknown": "This is not the name of a time zone."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=64, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        name = str(super().to_internal_value(data))
        if name not in _zones():
            self.fail("unknown")
        return name


class PasswordField(serializers.CharField):
    """As typed: spaces at the ends belong to it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=128, trim_whitespace=False, write_only=True, **kwargs)


class NameField(serializers.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=120, **kwargs)


class LanguageField(serializers.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=Language.choices, **kwargs)
