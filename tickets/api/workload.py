"""How much each person carries now, for the team page and whoever decides who gets the next ticket."""

from typing import Any

from django.db.models import Count, Q
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.doors import CompanyViewSet
from tenants.models import Company, Membership
from tenants.scoping import current_company_id
from tickets.actions.desks import capacity_of
from tickets.models import Ticket
from tickets.models.ticket import Status


class WorkloadSerializer(serializers.Serializer[Any]):
    """`open` tickets count against the capacity, sleeping ones do not. A capacity of null has no limit."""

    user = serializers.IntegerField()
    open = serializers.IntegerField()
    unanswered = serializers.IntegerField()
    asleep = serializers.IntegerField()
    capacity = serializers.IntegerField(allow_null=True)


class WorkloadsSerializer(serializers.Serializer[Any]):
    people = WorkloadSerializer(many=True)


class WorkloadViewSet(CompanyViewSet):
    """One answer for the whole team."""

    required = {"now": "users.read"}

    @extend_schema(responses=WorkloadsSerializer)
    def now(self, request: Request) -> Response:
        """Open tickets and capacity of everybody in the team."""
        company = Company.objects.get(pk=current_company_id())
        awake = Q(snoozed_at=None)
        held = Ticket.objects.shown().filter(status=Status.OPEN, agent__isnull=False).values("agent")
        counts = {
            row["agent"]: row
            for row in held.annotate(
                open=Count("pk", filter=awake),
                unanswered=Count("pk", filter=awake & Q(waiting_since__isnull=False)),
                asleep=Count("pk", filter=~awake),
            )
        }
        nothing = {"open": 0, "unanswered": 0, "asleep": 0}
        people = [
            {
                **{name: counts.get(person.user_id, nothing)[name] for name in nothing},
                "user": person.user_id,
                "capacity": capacity_of(person, company),
            }
            for person in Membership.objects.active().order_by("pk")
        ]
        return Response({"people": people})
