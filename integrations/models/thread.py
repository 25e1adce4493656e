"""A conversation of a program of the company's own with an assistant, through the API."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q

from integrations.models.assistant import Assistant
from tenants.models import ApiKey, User
from tenants.scoping import CompanyModel, CompanyQuerySet, scoped

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class ThreadQuerySet(CompanyQuerySet):
    def of(self, *, user: User | None, api_key: ApiKey | None) -> "ThreadQuerySet":
        """Only the person or the key that began one sees it."""
        if user is not None:
            return self.filter(user=user)
        return self.filter(api_key=api_key) if api_key is not None else self.none()


class AssistantThread(CompanyModel):
    """It belongs to a person or to a key; a key that is replaced takes its threads with it."""

    assistant = models.ForeignKey(Assistant, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    api_key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=120, blank=True)

    objects: Any = scoped(ThreadQuerySet)
    if TYPE_CHECKING:
        items: RelatedManager["ThreadItem"]
        files: RelatedManager["ThreadFile"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(api_key__isnull=False), name="ai_thread_has_owner"
            )
        ]
        indexes = [models.Index("company", F("id").desc(), name="ai_thread_newest")]


class ThreadRole(models.TextChoices):
    USER = "user"
    ASSISTANT = "assistant"


class ThreadItem(CompanyModel):
    """What was said, in order of id. `sources` are the passages that an answer stands on."""

    thread = models.ForeignKey(AssistantThread, on_delete=models.CASCADE, related_name="items")
    role = models.CharField(max_length=10, choices=ThreadRole)
    text = models.TextField(blank=True)
    sources = models.JSONField(default=list)
    file_ids = models.JSONField(default=list)

    objects: Any = scoped()


class ThreadFile(CompanyModel):
    """A picture is given to the model as it is. A document's `text` is read out of it when it is first asked about;
    `trouble` says why it could not be."""

    thread = models.ForeignKey(AssistantThread, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    mime = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    data = models.BinaryField()
    text = models.TextField(blank=True)
    trouble = models.CharField(max_length=24, blank=True)

    objects: Any = scoped()

    @property
    def is_picture(self) -> bool:
        return self.mime.startswith("image/")

    @property
    def kind(self) -> str:
        return "image" if self.is_picture else "document"
