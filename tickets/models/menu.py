"""The menu that a customer walks by numbers: a tree of choices, kept whole in one row."""

from typing import Any

from django.db import models
from django.db.models.functions import Lower

from tenants.scoping import CompanyModel, CompanyQuerySet, scoped


class Menu(CompanyModel):
    """`text` stands above the choices of the first level. `options` is the tree: each has `key`, `title`,
    `kind`, `text`, `queue`, `agent`, `files`, `closes` and `options` (see `tickets.menus`)."""

    name = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    options = models.JSONField(default=list)

    objects: Any = scoped(CompanyQuerySet)

    class Meta:
        constraints = [models.UniqueConstraint("company", Lower("name"), name="menu_name_once")]
