"""The door to business hours."""

from datetime import datetime
from typing import Any

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.api.inputs import TimezoneField
from tenants.authentication import auth_of
from tenants.models import Company
from tickets import hours as calendars
from tickets.actions import hours
from tickets.api.shared import NounViewSet, checked
from tickets.hours import DAY, WEEKDAYS, minutes_of
from tickets.models import Hours
from tickets.serializers.hours import HoursSerializer

MOST_SHIFTS = 6
MOST_HOLIDAYS = 400


class ShiftsField(serializers.ListField):
    """Shifts of a day: in order, none inside another. The last may end on the next day."""

    child = serializers.ListField(child=serializers.CharField(max_length=5), min_length=2, max_length=2)

    default_error_messages = {
        "clock": "Write times as 09:00.",
        "order": "A shift begins after the one before it ends.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=MOST_SHIFTS, **kwargs)

    def to_internal_value(self, data: Any) -> list[list[str]]:
        given: list[list[str]] = super().to_internal_value(data)
        try:
            shifts = sorted(([minutes_of(begin), minutes_of(end)], [begin, end]) for begin, end in given)
        except ValueError:
            self.fail("clock")
        until = 0
        for (begin, end), _ in shifts:
            if begin < until or begin == DAY:
                self.fail("order")
            until = end if end > begin else end + DAY
        return [text for _, text in shifts]


class WeekForm(serializers.Serializer[Any]):
    mon, tue, wed, thu, fri, sat, sun = (ShiftsField(required=False) for _ in WEEKDAYS)


class HolidayForm(serializers.Serializer[Any]):
    date = serializers.DateField()
    name = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    shifts = ShiftsField(required=False, default=list)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """Of hours a part may be changed, of a holiday not: the framework asks less of it then."""
        if "date" not in given:
            raise ValidationError({"date": ["Which day is it?"]})
        return {"name": "", "shifts": [], **given}


class ZoneForm(serializers.Serializer[Any]):
    """A blank zone is the company's; the field itself knows names only."""

    timezone = TimezoneField(required=False, allow_blank=True)

    def to_internal_value(self, data: Any) -> Any:
        blank = isinstance(data, dict) and data.get("timezone") == ""
        given = super().to_internal_value(
            {k: v for k, v in data.items() if k != "timezone"} if blank else data
        )
        return {**given, "timezone": ""} if blank else given


class HoursForm(ZoneForm):
    name = serializers.CharField(max_length=60)
    weekly = WeekForm(required=False)
    holidays = HolidayForm(many=True, required=False, max_length=MOST_HOLIDAYS)  # type: ignore[call-arg]

    def validate_holidays(self, given: list[dict[str, Any]]) -> list[dict[str, Any]]:
        days = [one["date"] for one in given]
        if len(set(days)) < len(days):
            raise ValidationError(["Each day can be there once."])
        return [
            {**one, "date": one["date"].isoformat()} for one in sorted(given, key=lambda one: one["date"])
        ]


class MomentForm(serializers.Serializer[Any]):
    """`at` is now when absent."""

    at = serializers.DateTimeField(required=False)


class DraftHoursForm(ZoneForm, MomentForm):
    """Hours that need not be saved."""

    weekly = WeekForm()
    holidays = HolidayForm(many=True, required=False, max_length=MOST_HOLIDAYS)  # type: ignore[call-arg]


class OpenSerializer(serializers.Serializer[Any]):
    """Times of the next opening (now while open) and of the closing after it; null when that never happens."""

    is_open = serializers.BooleanField()
    opens_at = serializers.DateTimeField(allow_null=True)
    closes_at = serializers.DateTimeField(allow_null=True)
    local = serializers.CharField()


class HoursViewSet(NounViewSet):
    model = Hours
    queryset = Hours.objects.none()  # for the schema
    serializer_class = HoursSerializer
    ordering: tuple[str, ...] = ("name", "id")
    page_size = 100
    required = {
        "list": "company.read",
        "create": "automation.write",
        "retrieve": "company.read",
        "partial_update": "automation.write",
        "destroy": "automation.write",
        "open": "company.read",
        "preview": "company.read",
    }

    def list(self, request: Request) -> Response:
        return self.page_of(HoursSerializer, self.get_queryset())

    @extend_schema(request=HoursForm, responses={201: HoursSerializer})
    def create(self, request: Request) -> Response:
        made = hours.create(by=auth_of(request).by, **checked(HoursForm, request))
        return Response(HoursSerializer(made).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(HoursSerializer(self.get_object()).data)

    @extend_schema(request=HoursForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change what is given; `weekly` and `holidays` are replaced whole."""
        given = checked(HoursForm, request, partial=True)
        return Response(
            HoursSerializer(hours.update(self.get_object(), by=auth_of(request).by, **given)).data
        )

    def destroy(self, request: Request, pk: int) -> Response:
        """Remove hours that nothing uses."""
        hours.delete(self.get_object(), by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=MomentForm, responses=OpenSerializer)
    @action(detail=True, methods=["post"])
    def open(self, request: Request, pk: int) -> Response:
        """Is it open, and when does that change?"""
        row: Hours = self.get_object()
        at = checked(MomentForm, request).get("at") or now()
        return Response(_state(row.calendar(company_of(request)), at))

    @extend_schema(request=DraftHoursForm, responses=OpenSerializer)
    @action(detail=False, methods=["post"])
    def preview(self, request: Request) -> Response:
        """The same of hours that need not be saved."""
        given, company = checked(DraftHoursForm, request), company_of(request)
        days = [{**one, "date": one["date"].isoformat()} for one in given.get("holidays", [])]
        found = calendars.calendar(given["weekly"], days, given.get("timezone") or company.timezone)
        return Response(_state(found, given.get("at") or now()))


def company_of(request: Request) -> Company:
    company = auth_of(request).company
    assert company is not None
    return company


def _state(found: calendars.Calendar, at: datetime) -> dict[str, Any]:
    shown = {
        "is_open": calendars.is_open(found, at),
        "opens_at": calendars.next_opening(found, at),
        "closes_at": calendars.next_closing(found, at),
        "local": at.astimezone(found.zone).isoformat(timespec="minutes"),
    }
    return dict(OpenSerializer(shown).data)
