"""What the operator of the installation decides for all companies: one row."""

from django.conf import settings
from django.db import models


def _sign_up_open() -> bool:
    """The default of old, by which a migration still calls it."""
    return bool(settings.SIGN_UP_OPEN)


class Platform(models.Model):
    sign_up_open = models.BooleanField(null=True)  # nothing: as the setting SIGN_UP_OPEN says
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="platform_is_one_row")]

    @property
    def is_sign_up_open(self) -> bool:
        """The row may be there for its lock alone: only what the operator has chosen outweighs the setting."""
        return bool(settings.SIGN_UP_OPEN if self.sign_up_open is None else self.sign_up_open)

    @classmethod
    def current(cls) -> "Platform":
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @classmethod
    def locked(cls) -> "Platform":
        """The row, locked until the transaction ends."""
        cls.objects.get_or_create(pk=1)
        return cls.objects.select_for_update().get(pk=1)
