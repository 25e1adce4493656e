"""The door to scheduled messages: one's own, and everybody's for who sees all tickets."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.errors import NotAllowed
from tenants.authentication import auth_of
from tickets.actions import kept_files, schedules
from tickets.api.shared import IdField, NounViewSet, RowField, asked, checked
from tickets.api.template_choice import TemplateChoice
from tickets.api.tickets import default_connection
from tickets.api.viewing import viewer
from tickets.models import Connection, Contact, Queue, ScheduledMessage, Tag
from tickets.models.schedule import BusinessDays, ScheduleState, Unit, WithoutTicket
from tickets.serializers.schedule import ScheduledMessageSerializer, ScheduledSendSerializer

MOST_CONTACTS = 200


class ScheduleFilters(serializers.Serializer[Any]):
    state = serializers.MultipleChoiceField(choices=ScheduleState.choices, required=False)
    contact = IdField(required=False)
    author = IdField(required=False)


class RepeatForm(serializers.Serializer[Any]):
    """Every so many minutes, days, weeks or calendar months; `times` or `until` ends it."""

    unit = serializers.ChoiceField(choices=Unit.choices)
    every = serializers.IntegerField(min_value=1, max_value=1000, default=1)
    times = serializers.IntegerField(min_value=1, max_value=1000, required=False, allow_null=True)
    until = serializers.DateField(required=False, allow_null=True)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if given["unit"] == Unit.MINUTE and given["every"] < 5:
            raise serializers.ValidationError({"every": ["Not more often than every five minutes."]})
        return given


class ScheduleForm(serializers.Serializer[Any]):
    """To `contacts`, to everyone with one of `tags`, or both; a text with files, or a template."""

    name = serializers.CharField(max_length=80, required=False, allow_blank=True)
    connection = RowField(lambda: Connection.objects.live(), required=False)
    contacts = serializers.ListField(
        child=RowField(lambda: Contact.objects.live()), required=False, max_length=MOST_CONTACTS
    )
    tags = serializers.ListField(child=RowField(lambda: Tag.objects.live()), required=False, max_length=20)
    body = serializers.CharField(max_length=4096, required=False, allow_blank=True, trim_whitespace=False)
    attachments = serializers.ListField(child=IdField(), required=False, max_length=kept_files.MOST)
    template = TemplateChoice(required=False, allow_null=True)
    fallback_template = TemplateChoice(required=False, allow_null=True)
    at = serializers.DateTimeField()
    repeat = RepeatForm(required=False, allow_null=True)
    business_days = serializers.ChoiceField(choices=BusinessDays.choices, required=False)
    without_ticket = serializers.ChoiceField(choices=WithoutTicket.choices, required=False)
    queue = RowField(lambda: Queue.objects.live(), required=False, allow_null=True)
    cancel_on_reply = serializers.BooleanField(required=False)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        says = given.get("template") or given.get("attachments") or given.get("body", "").strip()
        if not self.partial and not says:
            raise serializers.ValidationError({"body": ["Write something."]})
        moves = given.get("business_days", BusinessDays.ANY) in {BusinessDays.NEXT, BusinessDays.PREVIOUS}
        if moves and (given.get("repeat") or {}).get("unit") == Unit.MINUTE:
            detail = "Minutes can only leave out days, not move to others."
            raise serializers.ValidationError({"business_days": [detail]})
        return given


class ScheduledMessageViewSet(NounViewSet):
    model = ScheduledMessage
    queryset = ScheduledMessage.objects.none()  # for the schema
    serializer_class = ScheduledMessageSerializer
    ordering: tuple[str, ...] = ("-id",)
    http_method_names = ["get", "post", "patch", "head", "options"]
    required = {
        "list": "tickets.read",
        "create": "tickets.write",
        "retrieve": "tickets.read",
        "partial_update": "tickets.write",
        "pause": "tickets.write",
        "resume": "tickets.write",
        "cancel": "tickets.write",
        "sends": "tickets.read",
    }

    def get_queryset(self) -> Any:
        return ScheduledMessage.objects.with_parts().visible_to(viewer(self.request))

    @extend_schema(parameters=[ScheduleFilters])
    def list(self, request: Request) -> Response:
        """The newest first."""
        given = asked(ScheduleFilters, request)
        found = self.get_queryset()
        if given.get("state"):
            found = found.filter(state__in=given["state"])
        if "contact" in given:
            found = found.filter(scheduled_contacts__contact=given["contact"])
        if "author" in given:
            found = found.filter(author=given["author"])
        return self.page_of(ScheduledMessageSerializer, found)

    @extend_schema(request=ScheduleForm, responses={201: ScheduledMessageSerializer})
    def create(self, request: Request) -> Response:
        """Promise a message at a time."""
        given = _fields(request, checked(ScheduleForm, request))
        given.setdefault("connection", None)
        given["connection"] = given["connection"] or default_connection()
        row = schedules.create(by=auth_of(request).user, **given)
        return Response(ScheduledMessageSerializer(row).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(ScheduledMessageSerializer(self.get_object()).data)

    @extend_schema(request=ScheduleForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change it before it has ended. A new time or rhythm begins anew."""
        row = self.get_object()
        given = _fields(request, checked(ScheduleForm, request, partial=True))
        row = schedules.update(row, by=auth_of(request).user, **given)
        return Response(ScheduledMessageSerializer(row).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, pk: int) -> Response:
        """Nothing leaves until it is resumed."""
        return Response(ScheduledMessageSerializer(schedules.pause(self.get_object())).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: int) -> Response:
        """Go on with the next time that is not over."""
        return Response(ScheduledMessageSerializer(schedules.resume(self.get_object())).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: int) -> Response:
        """Send nothing more; the log stays."""
        return Response(ScheduledMessageSerializer(schedules.cancel(self.get_object())).data)

    @extend_schema(responses=ScheduledSendSerializer(many=True))
    @action(detail=True, ordering=("-id",))
    def sends(self, request: Request, pk: int) -> Response:
        """The log: each contact of each time, the newest first."""
        rows = self.get_object().sends.select_related("contact", "message")
        return self.page_of(ScheduledSendSerializer, rows)


def _fields(request: Request, given: dict[str, Any]) -> dict[str, Any]:
    """What was asked, in the model's words."""
    if given.get("tags") and "tickets.see_all" not in auth_of(request).permissions:
        raise NotAllowed("not_allowed", "Your role may write to chosen contacts, not to everyone with a tag.")
    if "at" in given:
        given["first_at"] = given.pop("at")
    if "repeat" in given:
        repeat = given.pop("repeat") or {}
        given["unit"] = repeat.get("unit", "")
        given["every"] = repeat.get("every", 1)
        given["times"] = repeat.get("times")
        given["until"] = repeat.get("until")
    for name in ("template", "fallback_template"):
        if given.get(name):
            given[name] = dict(given[name])
    return given
