"""Fields that a company adds to its tickets and contacts: the order's number, the plan, the birthday."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from tenants.scoping import CompanyModel, CompanyQuerySet, Deletable, scoped


class FieldOn(models.TextChoices):
    TICKET = "ticket"
    CONTACT = "contact"


class FieldType(models.TextChoices):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    MULTI = "multi"
    BOOLEAN = "boolean"
    URL = "url"


class CustomFieldQuerySet(CompanyQuerySet):
    def live(self) -> "CustomFieldQuerySet":
        return self.filter(deleted_at=None)


class CustomField(CompanyModel, Deletable):
    """`key` is what values are kept under and never changes; `label` is what people read."""

    on = models.CharField(max_length=8, choices=FieldOn)
    key = models.CharField(max_length=40)
    label = models.CharField(max_length=60)
    type = models.CharField(max_length=8, choices=FieldType, default=FieldType.TEXT)
    choices = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    help = models.CharField(max_length=200, blank=True)
    required_to_close = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    objects: Any = scoped(CustomFieldQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "on", "key"], condition=Q(deleted_at=None), name="custom_field_once"
            )
        ]
