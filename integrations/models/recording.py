"""A recording that somebody uploaded to read it: a call, a meeting, an interview."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from integrations.models.provider import AiProvider
from tenants.models import User
from tenants.scoping import CompanyModel, CompanyQuerySet, scoped
from tickets.models import Attachment


class RecordingState(models.TextChoices):
    QUEUED = "queued"
    UPLOADING = "uploading"  # to the provider
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"


UNDER_WAY = [RecordingState.QUEUED, RecordingState.UPLOADING, RecordingState.PROCESSING]


class RecordingQuerySet(CompanyQuerySet):
    def under_way(self) -> "RecordingQuerySet":
        return self.filter(state__in=UNDER_WAY)

    def due(self, at: Any) -> "RecordingQuerySet":
        return self.under_way().filter(due_at__lte=at)


class Recording(CompanyModel):
    """`utterances` are {"speaker", "start", "end", "text"} with seconds; `speaker` is "" unless `has_speakers`.

    `turn` is the fence of whoever works on it; `remote` is where it stands: an order at the provider, or the part
    that is heard next.
    """

    file = models.OneToOneField(Attachment, on_delete=models.CASCADE, related_name="recording")
    uploaded_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=8, blank=True)  # blank: the provider finds out
    speakers_expected = models.PositiveSmallIntegerField(null=True, blank=True)
    provider = models.ForeignKey(
        AiProvider, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    state = models.CharField(max_length=10, choices=RecordingState, default=RecordingState.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)  # percent
    error = models.CharField(max_length=24, blank=True)
    seconds = models.FloatField(null=True, blank=True)
    heard_language = models.CharField(max_length=8, blank=True)
    has_speakers = models.BooleanField(default=False)
    speaker_names = models.JSONField(default=dict, blank=True)
    utterances = models.JSONField(default=list, blank=True)
    text = models.TextField(blank=True)
    remote = models.JSONField(default=dict, blank=True)
    turn = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)  # in a row that failed for a passing reason
    due_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: Any = scoped(RecordingQuerySet)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(speakers_expected=None) | Q(speakers_expected__gte=1, speakers_expected__lte=10),
                name="recording_speakers_expected",
            )
        ]
        indexes = [
            models.Index("company", F("created_at").desc(), F("id").desc(), name="recording_newest"),
            models.Index("due_at", name="recording_due", condition=Q(due_at__isnull=False)),
        ]

    @property
    def speakers(self) -> list[str]:
        """In the order in which they begin to speak."""
        return list(dict.fromkeys(line["speaker"] for line in self.utterances if line["speaker"]))

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY
