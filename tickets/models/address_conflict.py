"""Two contacts that one event named at once: a case for people, who merge them or say that they are two."""

from typing import Any

from django.db import models

from tenants.scoping import CompanyModel, scoped
from tickets.models.contact import AddressKind, Contact


class AddressConflict(CompanyModel):
    """`first` has the smaller id. `kind` and `value`: the address that both had a claim to; `how` we heard it."""

    first = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=AddressKind)
    value = models.CharField(max_length=160)
    how = models.CharField(max_length=20)
    at = models.DateTimeField()

    objects: Any = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="address_conflict_once")]
        indexes = [models.Index(fields=["second"], name="address_conflict_second")]
