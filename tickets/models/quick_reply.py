"""A quick reply: a text with variables, and files, that agents put into their answers with `/`."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Prefetch, Q
from django.db.models.functions import Lower

from tenants.models import User
from tenants.scoping import CompanyModel, CompanyQuerySet, Deletable, scoped
from tickets.models import search
from tickets.models.message import Kind

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from tickets.models.kept_file import KeptFile


class QuickReplyQuerySet(CompanyQuerySet):
    def live(self) -> "QuickReplyQuerySet":
        return self.filter(deleted_at=None)

    def usable_by(self, user_id: int | None) -> "QuickReplyQuerySet":
        """The company's and one's own; another person's do not exist."""
        mine = Q(owner=user_id) if user_id else Q(pk=None)
        return self.filter(Q(owner=None) | mine)

    def matching(self, words: str) -> "QuickReplyQuerySet":
        """Those with every word in shortcut, title, folder or text, whatever the accents."""
        found = self
        for term in search.terms(words):
            found = found.filter(search__contains=term)
        return found

    def with_parts(self) -> "QuickReplyQuerySet":
        """Everything `QuickReplySerializer` shows, in two queries."""
        from tickets.models.kept_file import KeptFile

        kept = KeptFile.objects.select_related("attachment").order_by("position", "id")
        shown: QuickReplyQuerySet = self.select_related("owner").prefetch_related(Prefetch("files", kept))
        return shown


class QuickReply(CompanyModel, Deletable):
    """Without `owner` it is the company's. `search` is kept by `tickets.actions.quick_replies`."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    shortcut = models.CharField(max_length=30)
    title = models.CharField(max_length=80)
    folder = models.CharField(max_length=60, blank=True)
    body = models.TextField(blank=True)
    kind = models.CharField(max_length=20, default=Kind.TEXT)  # text, or a kind of `tickets.contents`
    content = models.JSONField(default=dict, blank=True)  # what that kind says besides its words
    used_count = models.PositiveIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    search = models.TextField(default="", editable=False)

    objects: Any = scoped(QuickReplyQuerySet)
    if TYPE_CHECKING:
        files: RelatedManager[KeptFile]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "company",
                Lower("shortcut"),
                condition=Q(deleted_at=None, owner=None),
                name="quick_reply_shared_once",
            ),
            models.UniqueConstraint(
                "company",
                "owner",
                Lower("shortcut"),
                condition=Q(deleted_at=None, owner__isnull=False),
                name="quick_reply_own_once",
            ),
        ]
        indexes = [models.Index(F("company"), F("used_count").desc(), name="quick_reply_most_used")]

    def search_text(self) -> str:
        return search.searchable(self.shortcut, self.title, self.folder, self.body)

    def audience(self) -> set[str]:
        return {f"user.{self.owner_id}"} if self.owner_id else {"company"}
