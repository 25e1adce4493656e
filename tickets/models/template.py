"""A message template: words that the provider has approved and that may be sent outside the 24-hour window."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Prefetch

from tenants.scoping import CompanyModel, CompanyQuerySet, scoped

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from tickets.models.kept_file import KeptFile


class TemplateStatus(models.TextChoices):
    """`draft` is ours: the provider has not seen it. The others are the provider's word."""

    DRAFT = "draft"
    PENDING = "pending"  # being reviewed
    APPROVED = "approved"
    REJECTED = "rejected"
    PAUSED = "paused"  # for some hours, because customers complained
    DISABLED = "disabled"
    APPEAL = "appeal"  # a refusal is being looked at again
    LOCKED = "locked"
    LIMITED = "limited"
    ARCHIVED = "archived"
    DELETING = "deleting"


class TemplateCategory(models.TextChoices):
    """What it may say, and what it costs."""

    UTILITY = "utility"
    MARKETING = "marketing"
    AUTHENTICATION = "authentication"


class TemplateFormat(models.TextChoices):
    """How its variables are called: {{1}} or {{first_name}}."""

    POSITIONAL = "positional"
    NAMED = "named"


class TemplateQuerySet(CompanyQuerySet):
    def with_parts(self) -> "TemplateQuerySet":
        """Everything `TemplateSerializer` shows, in two queries."""
        from tickets.models.kept_file import KeptFile

        files = Prefetch("files", KeptFile.objects.select_related("attachment").order_by("position", "id"))
        shown: TemplateQuerySet = self.prefetch_related(files)
        return shown

    def sendable(self) -> "TemplateQuerySet":
        return self.filter(status=TemplateStatus.APPROVED)


class Template(CompanyModel):
    """Of one account at the provider, so every number of that account can send it.

    `components` are kept exactly as the provider knows them, `edited` is what was written here since and not
    submitted yet. `defaults` fills variables that a sender leaves out: {"1": "{{firstName}}"}.
    """

    kind = models.CharField(max_length=20)  # a key of settings.TRANSPORTS
    account = models.CharField(max_length=64)  # the provider's name of the account
    name = models.CharField(max_length=512)
    language = models.CharField(max_length=20)
    category = models.CharField(max_length=16, choices=TemplateCategory, default=TemplateCategory.UTILITY)
    next_category = models.CharField(
        max_length=16, blank=True
    )  # announced by the provider: the price changes
    status = models.CharField(max_length=12, choices=TemplateStatus, default=TemplateStatus.DRAFT)
    reason = models.CharField(max_length=60, blank=True)  # the provider's code for a refusal or a pause
    advice = models.TextField(blank=True)  # and what it recommends
    quality = models.CharField(max_length=10, blank=True)  # green, yellow, red
    format = models.CharField(max_length=10, choices=TemplateFormat, default=TemplateFormat.POSITIONAL)
    components = models.JSONField(default=list)
    edited = models.JSONField(null=True, blank=True)
    defaults = models.JSONField(default=dict, blank=True)
    provider_id = models.CharField(max_length=64, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    synced_at = models.DateTimeField(null=True, blank=True)

    objects: Any = scoped(TemplateQuerySet)
    if TYPE_CHECKING:
        files: RelatedManager[KeptFile]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "kind", "account", "name", "language"], name="template_once"
            )
        ]
        indexes = [
            models.Index(fields=["company", "provider_id"], name="template_by_provider_id"),  # its webhooks
        ]

    @property
    def is_sendable(self) -> bool:
        return self.status == TemplateStatus.APPROVED

    @property
    def is_known(self) -> bool:
        """Whether the provider has it."""
        return bool(self.provider_id)
