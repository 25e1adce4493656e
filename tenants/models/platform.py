"""What the operator of the installation decides for all companies: one row."""

from django.conf import settings
from django.db import models


def _sign_up_open() -> bool:
    return bool(settings.SIGN_UP_OPEN)


class Platform(models.Model):
    sign_up_open = models.BooleanField(default=_sign_up_open)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="platform_is_one_row")]

    @classmethod
    def current(cls) -> "Platform":
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @classmethod
    def locked(cls) -> "Platform":
        """The row, locked until the transaction ends."""
        cls.objects.get_or_create(pk=1)
        return cls.objects.select_for_update().get(pk=1)
