"""What a company knows: documents that it gave us, and answers that somebody found right."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from tenants.models import User
from tenants.scoping import CompanyModel, CompanyQuerySet, scoped
from tickets.models import Contact, Ticket

MOST_ANSWER = 10_000  # characters


class Source(models.TextChoices):
    FILE = "file"
    URL = "url"
    TEXT = "text"


class Tongue(models.TextChoices):
    """The languages whose endings we know; blank asks the reader to find out."""

    PORTUGUESE = "pt"
    ENGLISH = "en"
    SPANISH = "es"


class Reading(models.TextChoices):
    QUEUED = "queued"
    READING = "reading"
    READY = "ready"
    FAILED = "failed"


class Validation(models.TextChoices):
    HUMAN = "human"
    AI = "ai"
    PENDING = "pending"


class DocumentQuerySet(CompanyQuerySet):
    def light(self) -> "DocumentQuerySet":
        """Without the text, which may be a book."""
        found: DocumentQuerySet = self.defer("text")
        return found


class KnowledgeDocument(CompanyModel):
    """`text` is what was read, whole; chunks point into it. `reason` is a code of why reading failed.

    `path` is relative to MEDIA_ROOT. A document that fails on a second reading keeps what it had.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=4, choices=Source)
    url = models.URLField(max_length=2000, blank=True)
    path = models.CharField(max_length=300, blank=True)
    mime = models.CharField(max_length=127, blank=True)
    size = models.BigIntegerField(default=0)  # bytes
    sector = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=2, choices=Tongue, blank=True)
    state = models.CharField(max_length=8, choices=Reading, default=Reading.QUEUED)
    reason = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)
    characters = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    chunk_count = models.PositiveIntegerField(default=0)
    embedded_with = models.CharField(max_length=120, blank=True)  # the model; blank: words alone find it
    tries = models.PositiveSmallIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)

    objects: Any = scoped(DocumentQuerySet)

    class Meta:
        indexes = [
            models.Index(fields=["company", "-id"], name="knowledge_document_newest"),
            models.Index(
                fields=["updated_at"], name="knowledge_to_read", condition=Q(state__in=["queued", "reading"])
            ),
        ]


class AnswerQuerySet(CompanyQuerySet):
    def validated(self) -> "AnswerQuerySet":
        found: AnswerQuerySet = self.exclude(validated_by=Validation.PENDING)
        return found

    def with_index(self) -> "AnswerQuerySet":
        """With which model each is embedded, and not the vector itself."""
        from integrations.models.passage import KnowledgeChunk

        chunks = KnowledgeChunk.objects.only("id", "answer_id", "embedded_with")
        found: AnswerQuerySet = self.prefetch_related(models.Prefetch("chunks", chunks))
        return found


class KnowledgeAnswer(CompanyModel):
    """A question with its answer. What is `pending` waits for a person and is told to nobody."""

    question = models.TextField(max_length=MOST_ANSWER)
    answer = models.TextField(max_length=MOST_ANSWER, blank=True)
    sector = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=2, choices=Tongue, blank=True)
    validated_by = models.CharField(max_length=7, choices=Validation, default=Validation.PENDING)
    operator = models.CharField(max_length=100, blank=True)  # who answered, in the customer's words
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    ticket = models.ForeignKey(Ticket, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    is_learned = models.BooleanField(default=False)  # out of a closed ticket, by a model

    objects: Any = scoped(AnswerQuerySet)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(validated_by=Validation.PENDING) | ~Q(answer=""), name="knowledge_answer_said"
            ),
        ]
        indexes = [
            models.Index(fields=["company", "-id"], name="knowledge_answer_newest"),
            models.Index(fields=["company", "sector", "-id"], name="knowledge_answer_sector"),
            models.Index(
                fields=["company", "-id"], name="knowledge_answer_review", condition=Q(validated_by="pending")
            ),
        ]
