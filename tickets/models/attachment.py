"""A file of a message: how far its transfer got, and how it is played and previewed."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from tenants.models import User
from tenants.scoping import CompanyModel, scoped
from tickets.models.message import Message


class Kind(models.TextChoices):
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    DOCUMENT = "document"
    STICKER = "sticker"


class State(models.TextChoices):
    """Inbound files go wanted → fetching → stored, or end in one of the others."""

    WANTED = "wanted"
    FETCHING = "fetching"
    STORED = "stored"
    FAILED = "failed"
    EXPIRED = "expired"
    TOO_BIG = "too_big"
    REFUSED = "refused"


class TranscriptState(models.TextChoices):
    """How far what is heard in it is as text; blank where nobody asked for that."""

    QUEUED = "queued"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


class Attachment(CompanyModel):
    """Uploaded first and tied to a message later, or announced by an inbound message and fetched by a job.

    Paths are relative to MEDIA_ROOT and start with the company's folder; sizes in bytes, duration in seconds.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name="attachments")
    uploaded_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=255, blank=True)
    mime = models.CharField(max_length=127)
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WANTED)
    is_voice = models.BooleanField(default=False)
    path = models.CharField(max_length=300, blank=True)
    playable_path = models.CharField(max_length=300, blank=True)  # AAC for browsers that cannot play Opus
    thumbnail_path = models.CharField(max_length=300, blank=True)
    duration = models.FloatField(null=True, blank=True)
    waveform = models.JSONField(null=True, blank=True)  # 64 numbers, 0 to 100
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)  # of a PDF; 0 when nobody can look into it
    remote = models.JSONField(
        default=dict
    )  # the transport's handle: {"id"} to fetch, {"media_id", "until"} sent
    tries = models.PositiveSmallIntegerField(default=0)
    fetch_after = models.DateTimeField(null=True, blank=True)
    # What is heard in it, see actions/transcripts.py
    transcript = models.TextField(blank=True, default="")
    transcript_state = models.CharField(max_length=8, choices=TranscriptState, blank=True, default="")
    transcript_language = models.CharField(max_length=8, blank=True, default="")
    transcript_error = models.CharField(max_length=24, blank=True, default="")
    transcript_tries = models.PositiveSmallIntegerField(default=0)
    transcript_due = models.DateTimeField(null=True, blank=True)  # when somebody should look at it again

    objects: Any = scoped()

    class Meta:
        indexes = [
            # The media sweeper
            models.Index(
                "fetch_after", name="attachment_to_fetch", condition=Q(state__in=["wanted", "fetching"])
            ),
            # The sweeper of first pages
            models.Index(
                "id", name="document_to_draw", condition=Q(mime="application/pdf", state="stored", pages=None)
            ),
            # The sweeper of transcripts
            models.Index(
                "transcript_due", name="attachment_to_hear", condition=Q(transcript_due__isnull=False)
            ),
        ]
