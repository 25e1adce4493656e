"""A rating: what a customer was asked when a ticket was closed, and what the customer answered."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from tenants.models import User
from tenants.scoping import CompanyModel, CompanyQuerySet, scoped
from tickets.models.connection import Connection
from tickets.models.contact import Contact
from tickets.models.queue import Queue
from tickets.models.ticket import Ticket, Viewer


class Scale(models.TextChoices):
    CSAT = "csat"  # 1 to 5
    NPS = "nps"  # 0 to 10


class RatingState(models.TextChoices):
    ASKED = "asked"
    COMMENTING = "commenting"  # the score is there, the question for a comment was sent
    ANSWERED = "answered"
    EXPIRED = "expired"
    GIVEN_UP = "given_up"  # asked as often as allowed, and never understood
    LEFT = "left"  # the customer began something else, or the ticket was opened again


WAITING = [RatingState.ASKED, RatingState.COMMENTING]
BOUNDS = {Scale.CSAT: (1, 5), Scale.NPS: (0, 10)}


class RatingQuerySet(CompanyQuerySet):
    def waiting(self) -> "RatingQuerySet":
        return self.filter(state__in=WAITING)

    def with_parts(self) -> "RatingQuerySet":
        """Everything `RatingSerializer` shows, in one query."""
        return self.select_related("ticket", "contact", "agent", "queue")

    def visible_to(self, viewer: Viewer) -> "RatingQuerySet":
        """As the tickets: an agent sees the ratings of own tickets."""
        if viewer.sees_all:
            return self
        return self.filter(agent=viewer.user_id) if viewer.user_id else self.none()


class Rating(CompanyModel):
    """`agent` and `queue` are who had the ticket when it was closed, whatever becomes of it later."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="ratings", db_index=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+", db_index=False)
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="+", db_index=False)
    agent = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    queue = models.ForeignKey(
        Queue, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    scale = models.CharField(max_length=4, choices=Scale)
    state = models.CharField(max_length=10, choices=RatingState, default=RatingState.ASKED)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.TextField(blank=True)
    tries = models.PositiveSmallIntegerField(default=0)  # answers that were not understood
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()

    objects: Any = scoped(RatingQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "contact"],
                condition=Q(state__in=["asked", "commenting"]),
                name="rating_one_waiting",
            )
        ]
        indexes = [
            models.Index("ticket", F("id").desc(), name="rating_of_ticket"),
            models.Index("company", F("asked_at").desc(), F("id").desc(), name="rating_newest"),
            models.Index("company", "agent", F("asked_at").desc(), name="rating_of_agent"),
        ]

    def audience(self) -> set[str]:
        return {"supervisors"} | ({f"user.{self.agent_id}"} if self.agent_id else set())

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING


def summary_of(ratings: RatingQuerySet) -> dict[str, Any]:
    """For each scale: how many were asked and answered, how often each score, and the one number of it."""
    rows = ratings.order_by().values("scale", "score").annotate(count=models.Count("id"))
    scales: dict[str, dict[int | None, int]] = {}
    for row in rows:
        scales.setdefault(row["scale"], {})[row["score"]] = row["count"]
    return {"scales": [_summary(scale, scales[scale]) for scale in Scale.values if scale in scales]}


def _summary(scale: str, counts: dict[int | None, int]) -> dict[str, Any]:
    scores = {score: count for score, count in counts.items() if score is not None}
    answered = sum(scores.values())
    return {
        "scale": scale,
        "asked": sum(counts.values()),
        "answered": answered,
        "value": _value(scale, scores, answered) if answered else None,
        "scores": [{"score": score, "count": scores[score]} for score in sorted(scores)],
    }


def _value(scale: str, scores: dict[int, int], answered: int) -> float:
    """CSAT is the mean; NPS takes the share of 0 to 6 from the share of 9 and 10."""
    if scale == Scale.CSAT:
        return round(sum(score * count for score, count in scores.items()) / answered, 2)
    fans = sum(count for score, count in scores.items() if score >= 9)
    critics = sum(count for score, count in scores.items() if score <= 6)
    return round(100 * (fans - critics) / answered, 1)
