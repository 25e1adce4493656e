"""The door to acts on many tickets."""

from typing import Any

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.authentication import auth_of
from tenants.models import Membership
from tickets.actions import bulk_jobs, jobs
from tickets.actions.bulk_acts import ACTS
from tickets.api.filters import FilterBodyField
from tickets.api.jobs import Form, JobViewSet, TagsParams, with_params
from tickets.api.shared import IdField, RowField, checked
from tickets.api.viewing import viewer
from tickets.models import BulkJob, Queue, Ticket, filters
from tickets.models.bulk import BulkAction
from tickets.models.ticket import Tab
from tickets.serializers.bulk import BulkJobSerializer
from tickets.serializers.ticket import PRIORITIES


class PlaceForm(serializers.Serializer[Any]):
    queue = RowField(lambda: Queue.objects.live(), required=False, allow_null=True)
    agent = IdField(required=False, allow_null=True)
    note = serializers.CharField(max_length=4096, required=False, allow_blank=True)

    def validate_agent(self, user_id: int | None) -> int | None:
        if user_id is None:
            return None
        found = Membership.objects.active().filter(user=user_id).first()
        if found is None or not found.may("tickets.write"):
            raise serializers.ValidationError("Nobody with this id can work on tickets.")
        return user_id

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if not given.get("queue") and not given.get("agent"):
            raise serializers.ValidationError({"queue": ["Give a queue, an agent or both."]})
        queue = given.get("queue")
        return {**given, "queue": queue.pk if queue else None}


class PriorityParams(serializers.Serializer[Any]):
    priority = serializers.ChoiceField(choices=PRIORITIES)


class SnoozeParams(serializers.Serializer[Any]):
    until = serializers.DateTimeField(allow_null=True, default=None)

    def validate_until(self, until: Any) -> str | None:
        if until is not None and until <= now():
            raise serializers.ValidationError("Choose a time in the future.")
        return until.isoformat() if until else None


class CloseParams(serializers.Serializer[Any]):
    """`silent`: the customers are told nothing and asked nothing."""

    silent = serializers.BooleanField(default=False)


PARAMS: dict[str, Form] = {
    BulkAction.CLOSE: CloseParams,
    BulkAction.TRANSFER: PlaceForm,
    BulkAction.ASSIGN: PlaceForm,
    BulkAction.TAG: TagsParams,
    BulkAction.UNTAG: TagsParams,
    BulkAction.PRIORITY: PriorityParams,
    BulkAction.SNOOZE: SnoozeParams,
}


class BulkJobForm(serializers.Serializer[Any]):
    """Either `tickets`, or everything that matches `tab`, `filter` and `search`, without `exclude`.

    `params`: close {silent}; transfer, assign {queue, agent, note}; tag, untag {tags}; priority {priority};
    snooze {until}.
    """

    action = serializers.ChoiceField(choices=BulkAction.choices)
    params = serializers.JSONField(default=dict)
    tickets = serializers.ListField(child=IdField(), required=False, max_length=bulk_jobs.MOST)
    tab = serializers.ChoiceField(choices=Tab.choices, required=False)
    queue = IdField(required=False)
    unread = serializers.BooleanField(default=False)
    filter = FilterBodyField(required=False)
    search = serializers.CharField(max_length=100, required=False, allow_blank=True)
    exclude = serializers.ListField(child=IdField(), required=False, max_length=1000)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if ("tickets" in given) == ("tab" in given):
            raise serializers.ValidationError({"tickets": ["Give either tickets or a tab."]})
        return with_params(given, PARAMS)


class BulkJobViewSet(JobViewSet):
    model = BulkJob
    queryset = BulkJob.objects.none()  # for the schema
    serializer_class = BulkJobSerializer
    trade = bulk_jobs.TICKETS
    required = {
        "list": "tickets.read",
        "create": "tickets.write",
        "retrieve": "tickets.read",
        "cancel": "tickets.write",
        "undo": "tickets.write",
    }

    @extend_schema(request=BulkJobForm, responses={201: BulkJobSerializer})
    def create(self, request: Request) -> Response:
        """Begin. The answer is the job as it stands; `bulk_job.updated` tells how it goes on."""
        given, auth = checked(BulkJobForm, request), auth_of(request)
        self.expect_right(ACTS[given["action"]].needs)
        job = bulk_jobs.begin(
            by=auth.by,
            user=auth.user,
            action=given["action"],
            params=given["params"],
            ticket_ids=_meant(request, given),
        )
        return self.shown(job, 201)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: int) -> Response:
        """Leave alone what still waits."""
        return self.shown(jobs.cancel(self.trade, self.get_object()))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: int) -> Response:
        """Put back every ticket that nobody has changed since, within an hour."""
        return self.shown(bulk_jobs.take_back(self.get_object()))


def _meant(request: Request, given: dict[str, Any]) -> list[int]:
    """Ids of the tickets, as far as the bearer sees them; one more than is allowed, at most."""
    eyes = viewer(request)
    if "tickets" in given:
        found = Ticket.objects.visible_to(eyes).filter(pk__in=given["tickets"])
    else:
        found = Ticket.objects.tab(given["tab"], eyes)
        if "queue" in given:
            found = found.filter(queue=given["queue"])
        if given["unread"]:
            found = found.filter(unread_count__gt=0)
        question = filters.question(given.get("filter", {}), user_id=eyes.user_id, at=now())
        found = found.filter(question).about(given.get("search", ""))
    found = found.exclude(pk__in=given.get("exclude", []))
    return list(found.order_by("id").values_list("pk", flat=True)[: bulk_jobs.MOST + 1])
