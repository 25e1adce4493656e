"""An exam of an assistant: questions, what it would answer, and how each answer was judged."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q

from integrations.models.assistant import Assistant
from tenants.models import User
from tenants.scoping import CompanyModel, CompanyQuerySet, scoped
from tickets.models import Ticket


class ExamSource(models.TextChoices):
    TICKETS = "tickets"  # the company's own last closed tickets
    SET = "set"  # questions that somebody uploaded


class ExamState(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"  # could not go on: no provider, no budget
    CANCELLED = "cancelled"


class Verdict(models.TextChoices):
    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    UNSUPPORTED = "unsupported"  # it claims what no source says
    MISSED_HANDOVER = "missed_handover"  # a person was needed, and it answered
    NEEDLESS_HANDOVER = "needless_handover"  # it could have answered, and called a person
    ERROR = "error"  # no answer, or nobody could judge it


WORTH = {Verdict.RIGHT: Decimal(1), Verdict.PARTLY: Decimal("0.5")}  # of a case; every other verdict: nothing
UNDER_WAY = [ExamState.QUEUED, ExamState.RUNNING]


class ExamSet(CompanyModel):
    """Questions of the company's own: [{"question", "expected", "needs_person": true | false | null}]."""

    name = models.CharField(max_length=80)
    user = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    questions = models.JSONField(default=list)
    size = models.PositiveIntegerField(default=0)

    objects: Any = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "name"], name="exam_set_name_once")]


class ExamQuerySet(CompanyQuerySet):
    def under_way(self) -> "ExamQuerySet":
        return self.filter(state__in=UNDER_WAY)

    def with_parts(self) -> "ExamQuerySet":
        return self.select_related("assistant", "questions", "user")

    def last_of(self, assistant: Assistant) -> Any:
        """The newest finished exam of the assistant as it is now; None when there is none."""
        done = self.filter(assistant=assistant, edition=assistant.edition, state=ExamState.DONE)
        return done.order_by("-id").first()


class Exam(CompanyModel):
    """`edition` is the assistant's when it began: a later one has to be examined again. `score` is in percent.

    The numbers are sums of its cases, kept here so that a list of exams reads no cases.
    """

    assistant = models.ForeignKey(Assistant, on_delete=models.CASCADE, related_name="exams", db_index=False)
    edition = models.PositiveIntegerField()
    threshold = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=8, choices=ExamSource)
    questions = models.ForeignKey(ExamSet, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    user = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )  # none: a key, or the company's option
    state = models.CharField(max_length=10, choices=ExamState, default=ExamState.QUEUED)
    reason = models.CharField(
        max_length=24, blank=True
    )  # why it failed: a code of `integrations.ai.port.Why`
    size = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    right = models.PositiveIntegerField(default=0)
    partly = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    unsupported = models.PositiveIntegerField(default=0)
    missed_handover = models.PositiveIntegerField(default=0)
    needless_handover = models.PositiveIntegerField(default=0)
    error = models.PositiveIntegerField(default=0)
    input_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    cost = models.DecimalField(max_digits=14, decimal_places=6, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    latency_p50 = models.PositiveIntegerField(null=True, blank=True)  # milliseconds
    latency_p95 = models.PositiveIntegerField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: Any = scoped(ExamQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assistant"], condition=Q(state__in=["queued", "running"]), name="exam_one_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["company", "-id"], name="exam_newest"),
            models.Index(fields=["assistant", "-id"], name="exam_of_assistant"),
            # The sweeper looks for those that a dead worker left behind.
            models.Index(
                fields=["updated_at"], name="exam_under_way", condition=Q(state__in=["queued", "running"])
            ),
        ]

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def is_passed(self) -> bool:
        return self.state == ExamState.DONE and self.score is not None and self.score >= self.threshold


class CaseQuerySet(CompanyQuerySet):
    def waiting(self) -> "CaseQuerySet":
        return self.filter(verdict="")


class ExamCase(CompanyModel):
    """One question. `verdict` is blank until it is judged; `found` is what the machine judged, whatever a person
    said later. It goes with the ticket that it was taken from: what is deleted there is not kept here."""

    exam = models.ForeignKey(Exam, on_delete=models.CASCADE, related_name="cases", db_index=False)
    position = models.PositiveIntegerField()
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    context = models.JSONField(default=list)  # what was said before: [{"by": "customer" | "people", "text"}]
    question = models.TextField()
    expected = models.TextField(blank=True)  # what people answered; the assistant never sees it
    needs_person = models.BooleanField(null=True)  # null: whoever judges finds out
    answer = models.TextField(blank=True)
    sources = models.JSONField(default=list)  # [{"id", "title", "text", "source", "url"}]
    handover = models.JSONField(null=True, blank=True)  # {"reason", "note"}
    acts = models.JSONField(default=list)  # what it would have done to the ticket, in words of its tools
    verdict = models.CharField(max_length=18, choices=Verdict, blank=True)
    found = models.CharField(max_length=18, choices=Verdict, blank=True)
    reason = models.TextField(blank=True)
    judged_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )  # the person who set another verdict
    judged_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.CharField(max_length=64, blank=True)  # the run of the job that works on it
    claimed_at = models.DateTimeField(null=True, blank=True)
    latency_ms = models.PositiveIntegerField(null=True, blank=True)
    input_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    cost = models.DecimalField(max_digits=14, decimal_places=6, null=True, blank=True)

    objects: Any = scoped(CaseQuerySet)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exam", "position"], name="exam_case_once")]
        indexes = [models.Index(fields=["exam", "position"], name="exam_case_next", condition=Q(verdict=""))]
