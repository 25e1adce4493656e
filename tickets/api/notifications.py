"""The door to one's own notifications, how one wants them, and the browsers that take push messages."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.errors import Refused
from tickets.actions import notices, push
from tickets.api.shared import IdField, NounViewSet, asked, checked, person_behind
from tickets.models import Notification, PushSubscription
from tickets.models.notification import WEEKDAYS
from tickets.notification_kinds import CHANNELS, DIGESTS, KINDS, SOUNDS
from tickets.serializers.notification import (
    NotificationSerializer,
    NotificationSettingsSerializer,
    PushSubscriptionSerializer,
)


class NotificationFilters(serializers.Serializer[Any]):
    unread = serializers.BooleanField(default=False)


class ReadForm(serializers.Serializer[Any]):
    """These, or those of a ticket; without either, all."""

    ids = serializers.ListField(child=IdField(), required=False, max_length=500)
    ticket = IdField(required=False)


class UnreadSerializer(serializers.Serializer[Any]):
    unread = serializers.IntegerField()


class SettingsForm(serializers.Serializer[Any]):
    """`matrix` names what changes: {"mentioned": {"email": false}}. Quiet hours end with two nulls."""

    matrix = serializers.DictField(required=False)
    sound = serializers.ChoiceField(choices=SOUNDS, required=False)
    volume = serializers.IntegerField(min_value=0, max_value=100, required=False)
    quiet_from = serializers.TimeField(required=False, allow_null=True)
    quiet_until = serializers.TimeField(required=False, allow_null=True)
    quiet_days = serializers.ListField(
        child=serializers.ChoiceField(choices=WEEKDAYS), required=False, max_length=7
    )
    digest = serializers.ChoiceField(choices=DIGESTS, required=False)

    def validate_matrix(self, given: dict[str, Any]) -> dict[str, dict[str, bool]]:
        for kind, channels in given.items():
            if kind not in KINDS:
                raise serializers.ValidationError(f"There is no kind of notification {kind}.")
            right = isinstance(channels, dict) and all(
                name in CHANNELS and isinstance(on, bool) for name, on in channels.items()
            )
            if not right:
                raise serializers.ValidationError(f"{kind}: give channels with true or false.")
        return given


class NotificationViewSet(NounViewSet):
    model = Notification
    queryset = Notification.objects.none()  # for the schema
    serializer_class = NotificationSerializer
    ordering: tuple[str, ...] = ("-at", "-id")
    page_size = 30
    http_method_names = ["get", "post", "patch", "head", "options"]
    required = {
        "list": "tickets.read",
        "read": "tickets.read",
        "count": "tickets.read",
        "show_settings": "tickets.read",
        "change_settings": "tickets.read",
    }

    def get_queryset(self) -> Any:
        return Notification.objects.with_parts().filter(user=person_behind(self.request))

    @extend_schema(parameters=[NotificationFilters])
    def list(self, request: Request) -> Response:
        """One's own, the newest first."""
        rows = self.get_queryset()
        if asked(NotificationFilters, request)["unread"]:
            rows = rows.unread()
        return self.page_of(NotificationSerializer, rows)

    @extend_schema(responses=UnreadSerializer)
    @action(detail=False, methods=["get"])
    def count(self, request: Request) -> Response:
        """How many are unread."""
        return Response({"unread": notices.unread_count(person_behind(request).pk)})

    @extend_schema(request=ReadForm, responses=UnreadSerializer)
    @action(detail=False, methods=["post"])
    def read(self, request: Request) -> Response:
        """Mark as read; answers how many are still unread."""
        person = person_behind(request)
        notices.read(person, **checked(ReadForm, request))
        return Response({"unread": notices.unread_count(person.pk)})

    @extend_schema(responses=NotificationSettingsSerializer)
    @action(detail=False, methods=["get"], url_path="settings")
    def show_settings(self, request: Request) -> Response:
        """What reaches the person by which channel."""
        return Response(NotificationSettingsSerializer(notices.settings_of(person_behind(request).pk)).data)

    @extend_schema(request=SettingsForm, responses=NotificationSettingsSerializer)
    @show_settings.mapping.patch
    def change_settings(self, request: Request) -> Response:
        """Change what is given and leave the rest."""
        row = notices.change_settings(person_behind(request), **checked(SettingsForm, request, partial=True))
        return Response(NotificationSettingsSerializer(row).data)


class SubscriptionForm(serializers.Serializer[Any]):
    """What `PushSubscription.toJSON()` gives in a browser."""

    endpoint = serializers.URLField(max_length=800)
    p256dh = serializers.RegexField(r"^[A-Za-z0-9_-]{80,120}=*$", max_length=120)
    auth = serializers.RegexField(r"^[A-Za-z0-9_-]{16,40}=*$", max_length=40)


class PushKeySerializer(serializers.Serializer[Any]):
    """`key` is blank where the server has no key of its own, so that push is off."""

    key = serializers.CharField(allow_blank=True)


class PushTestSerializer(serializers.Serializer[Any]):
    """`status` is what the browser's push service answered; 0 when it could not be reached."""

    ok = serializers.BooleanField()
    status = serializers.IntegerField()


class PushSubscriptionViewSet(NounViewSet):
    model = PushSubscription
    queryset = PushSubscription.objects.none()  # for the schema
    serializer_class = PushSubscriptionSerializer
    ordering: tuple[str, ...] = ("-id",)
    http_method_names = ["get", "post", "delete", "head", "options"]
    required = {
        "list": "tickets.read",
        "create": "tickets.read",
        "destroy": "tickets.read",
        "key": "tickets.read",
        "test": "tickets.read",
    }

    def get_queryset(self) -> Any:
        return PushSubscription.objects.filter(user=person_behind(self.request))

    def list(self, request: Request) -> Response:
        """The browsers of the person."""
        return self.page_of(PushSubscriptionSerializer, self.get_queryset())

    @extend_schema(request=SubscriptionForm, responses={201: PushSubscriptionSerializer})
    def create(self, request: Request) -> Response:
        """Reach this browser from now on; again for the same browser changes nothing."""
        agent = request.headers.get("User-Agent", "")
        row = push.subscribe(person_behind(request), user_agent=agent, **checked(SubscriptionForm, request))
        return Response(PushSubscriptionSerializer(row).data, status=status.HTTP_201_CREATED)

    def destroy(self, request: Request, pk: int) -> Response:
        """Leave this browser in peace."""
        self.get_object().delete()
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=PushKeySerializer)
    @action(detail=False, methods=["get"])
    def key(self, request: Request) -> Response:
        """The server's public key, for subscribing."""
        return Response({"key": push.public_key()})

    @extend_schema(request=None, responses=PushTestSerializer)
    @action(detail=True, methods=["post"])
    def test(self, request: Request, pk: int) -> Response:
        """Send a push now and say what its service answered."""
        if not push.public_key():
            raise Refused("push_off", "Push messages are not set up on this server.")
        answered = push.deliver(self.get_object(), {"kind": "test"})
        return Response({"ok": 200 <= answered < 300, "status": answered})
