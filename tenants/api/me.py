"""A person's own affairs: profile, sessions and password."""

from typing import Any

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from tenants import throttles
from tenants.actions import passwords, profile, sessions
from tenants.api.doors import PersonView, PublicView, person_of, read, session_of
from tenants.api.inputs import LanguageField, NameField, PasswordField
from tenants.authentication import auth_of
from tenants.doors import CompanyDoor
from tenants.models import Session
from tenants.models.user import Theme
from tenants.roles import PUBLIC, SIGNED_IN
from tenants.serializers.session import LoginSessionSerializer
from tenants.serializers.user import MeSerializer


class MeChangesSerializer(serializers.Serializer[Any]):
    name = NameField(required=False)
    language = LanguageField(required=False)
    theme = serializers.ChoiceField(Theme.choices, required=False)
    notify_sound = serializers.BooleanField(required=False)
    notify_browser = serializers.BooleanField(required=False)
    farewell = serializers.CharField(max_length=1024, required=False, allow_blank=True)


class ForgotPasswordSerializer(serializers.Serializer[Any]):
    email = serializers.EmailField(max_length=254)


class ResetPasswordSerializer(serializers.Serializer[Any]):
    token = serializers.CharField(max_length=200)
    password = PasswordField()


class ChangePasswordSerializer(serializers.Serializer[Any]):
    current = PasswordField()
    password = PasswordField()


class MeView(PersonView):
    required = {"get": SIGNED_IN, "patch": SIGNED_IN}

    @extend_schema(responses=MeSerializer, operation_id="auth_me")
    def get(self, request: Request) -> Response:
        """Who is signed in, in which company, and what they may do."""
        return self._me(request)

    @extend_schema(request=MeChangesSerializer, responses=MeSerializer, operation_id="auth_me_update")
    def patch(self, request: Request) -> Response:
        """Change one's own name and preferences."""
        changes = read(MeChangesSerializer, request, partial=True)
        farewell, membership = changes.pop("farewell", None), auth_of(request).membership
        if farewell is not None and membership is not None:
            profile.set_farewell(membership, farewell)
        if changes:
            profile.update(person_of(request), changes)
        return self._me(request)

    def _me(self, request: Request) -> Response:
        user = person_of(request)
        return Response(profile.me(user, auth_of(request).company_id, sessions.memberships_of(user)))


class LoginSessionViewSet(
    CompanyDoor, mixins.ListModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet[Session]
):
    """The person's signed-in browsers and programs, in all companies."""

    model = Session
    queryset = Session.objects.none()
    serializer_class = LoginSessionSerializer
    required = {"list": SIGNED_IN, "destroy": SIGNED_IN}
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-last_used_at", "-id")

    def get_queryset(self) -> Any:
        live = Session.objects.filter(ended_at=None, expires_at__gt=now())
        return live.filter(user=person_of(self.request))

    def get_serializer_context(self) -> dict[str, Any]:
        return {
            **super().get_serializer_context(),
            "session_id": getattr(self.request.auth, "session_id", None),
        }

    def perform_destroy(self, instance: Session) -> None:
        sessions.log_out(instance)


class ForgotPasswordView(PublicView):
    required = {"post": PUBLIC}
    throttle_classes = (throttles.Password,)

    @extend_schema(
        request=ForgotPasswordSerializer, responses={204: None}, operation_id="auth_password_forgot"
    )
    def post(self, request: Request) -> Response:
        """Mail a link that sets a new password. The answer is the same for an unknown address."""
        passwords.forgot(read(ForgotPasswordSerializer, request)["email"])
        return Response(status=status.HTTP_204_NO_CONTENT)


class ResetPasswordView(PublicView):
    required = {"post": PUBLIC}
    throttle_classes = (throttles.Password,)

    @extend_schema(request=ResetPasswordSerializer, responses={204: None}, operation_id="auth_password_reset")
    def post(self, request: Request) -> Response:
        """Set a new password with a mailed link; every session of the person ends."""
        given = read(ResetPasswordSerializer, request)
        passwords.reset(given["token"], given["password"], ip=throttles.address_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ChangePasswordView(PersonView):
    required = {"post": SIGNED_IN}
    throttle_classes = (throttles.Password,)

    @extend_schema(
        request=ChangePasswordSerializer, responses={204: None}, operation_id="auth_password_change"
    )
    def post(self, request: Request) -> Response:
        """Change one's own password; the other sessions end."""
        given = read(ChangePasswordSerializer, request)
        passwords.change(
            person_of(request),
            given["current"],
            given["password"],
            session_id=session_of(request),
            ip=throttles.address_of(request),
        )
        return Response(status=status.HTTP_204_NO_CONTENT)
