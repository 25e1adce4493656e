"""What somebody did that a company may have to answer for."""

from typing import Any

from django.db import models

from tenants.models.api_key import ApiKey
from tenants.models.user import User
from tenants.scoping import CompanyModel, scoped


class AuditEntry(CompanyModel):
    """Done by a person, by a program with a key, or, with neither, by nobody who is signed in."""

    actor = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    api_key = models.ForeignKey(ApiKey, on_delete=models.SET_NULL, null=True, related_name="+")
    action = models.CharField(max_length=40)  # noun.past_tense
    target = models.CharField(max_length=80, blank=True)
    data = models.JSONField(default=dict)
    ip = models.GenericIPAddressField(null=True)

    objects: Any = scoped()

    class Meta:
        indexes = [models.Index(fields=["company", "-id"], name="audit_newest")]  # the audit list
