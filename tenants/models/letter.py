"""A letter that has to leave: kept until the mail server has taken it, or until we stop trying."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from tenants.models.user import User

LEASE = timedelta(minutes=2)  # longer than the mail server may take to answer
TRIES = 10
FIRST_PAUSE = timedelta(seconds=15)  # doubles with each failure: ten tries take about two hours
LONGEST_PAUSE = timedelta(hours=1)


class Kind(models.TextChoices):
    RESET = "reset"
    INVITATION = "invitation"


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self) -> Self:
        return self.filter(sent_at=None, given_up_at=None)

    def due(self) -> Self:
        return self.waiting().filter(due_at__lte=now())

    def given_up(self) -> Self:
        return self.filter(given_up_at__isnull=False)


class Letter(models.Model):
    """What to write and to whom. The link in it is made when it is sent, and never kept here.

    Without a person nobody is written to: asking for an unknown address must cost what a known one does.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    company_name = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(default=now)  # while it is being sent: when somebody else may try
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(  # what the sweeper looks for
                fields=["due_at"], condition=Q(sent_at=None, given_up_at=None), name="letter_due"
            )
        ]

    def pause(self) -> timedelta:
        """How long to wait after the failure of the current try."""
        doubled: timedelta = FIRST_PAUSE * 2 ** (self.tries - 1)
        return min(doubled, LONGEST_PAUSE)
