"""Signing up, in and out, renewing a session and choosing a company."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.errors import NotAuthenticated
from tenants import throttles
from tenants.actions import credentials, profile, sessions, sign_up
from tenants.api.cookies import clear_cookies, refresh_cookie, set_cookies
from tenants.api.doors import PersonView, PublicView, device_of, person_of, read, session_of
from tenants.api.inputs import LanguageField, NameField, PasswordField, TimezoneField
from tenants.models import Membership, Session
from tenants.roles import PUBLIC, SIGNED_IN
from tenants.scoping import platform_scope
from tenants.serializers.session import SessionSerializer
from tenants.tokens import Access, Refresh, lifetime

COOKIE, BODY = "cookie", "body"
MARK = OpenApiParameter(
    "X-Requested-With",
    str,
    OpenApiParameter.HEADER,
    description="`helpdesk`: required when the refresh token comes as a cookie.",
)


class SignUpSerializer(serializers.Serializer[Any]):
    company = NameField()
    name = NameField()
    email = serializers.EmailField(max_length=254)
    password = PasswordField()
    timezone = TimezoneField(required=False)
    language = LanguageField(required=False)


class LoginSerializer(serializers.Serializer[Any]):
    email = serializers.CharField(max_length=254)
    password = PasswordField()
    company = serializers.IntegerField(required=False)
    refresh_in = serializers.ChoiceField([COOKIE, BODY], default=COOKIE)


class RefreshSerializer(serializers.Serializer[Any]):
    refresh = serializers.CharField(required=False, max_length=2000)


class SwitchSerializer(serializers.Serializer[Any]):
    company = serializers.IntegerField()


class OptionsSerializer(serializers.Serializer[Any]):
    """What the login page needs to know before anybody has signed in."""

    sign_up_open = serializers.BooleanField()
    version = serializers.CharField()
    emulator_phone_url = serializers.CharField(allow_null=True)


class SignUpView(PublicView):
    required = {"post": PUBLIC}
    throttle_classes = (throttles.SignUp,)

    @extend_schema(request=SignUpSerializer, responses={201: SessionSerializer}, operation_id="auth_signup")
    def post(self, request: Request) -> Response:
        """Create a company and its first administrator, and sign them in."""
        given = read(SignUpSerializer, request)
        device = device_of(request)
        founder = sign_up.Founder(given.pop("name"), given.pop("email"), given.pop("password"))
        user = sign_up.sign_up(given.pop("company"), founder, ip=device.ip, **given)
        return _opened(*sessions.log_in(user, device), status=status.HTTP_201_CREATED)


class LoginView(PublicView):
    required = {"post": PUBLIC}
    throttle_classes = (throttles.Login,)

    @extend_schema(request=LoginSerializer, responses=SessionSerializer, operation_id="auth_login")
    def post(self, request: Request) -> Response:
        """Sign in. Without `company` the one last used is opened."""
        given = read(LoginSerializer, request)
        device = device_of(request)
        with platform_scope("a person's companies are about to be asked for: the server is told once"):
            user = credentials.check(given["email"], given["password"], ip=device.ip)
            opened = sessions.log_in(user, device, company_id=given.get("company"))
        return _opened(*opened, in_body=given["refresh_in"] == BODY)


class RefreshView(PublicView):
    required = {"post": PUBLIC}
    throttle_classes = (throttles.PerAddress,)

    @extend_schema(
        request=RefreshSerializer, responses=SessionSerializer, parameters=[MARK], operation_id="auth_refresh"
    )
    def post(self, request: Request) -> Response:
        """Exchange the refresh token for a new one. A token that was used before ends its session."""
        given = read(RefreshSerializer, request).get("refresh")
        token = given or refresh_cookie(request)
        if token is None:
            raise NotAuthenticated("refresh_missing", "There is no refresh token.")
        return _opened(*sessions.refresh(token, device_of(request)), in_body=given is not None)


class LogoutView(PublicView):
    """Takes an access token, a refresh token or the cookie: whatever the caller still has."""

    required = {"post": PUBLIC}
    throttle_classes = (throttles.PerAddress,)

    @extend_schema(
        request=RefreshSerializer, responses={204: None}, parameters=[MARK], operation_id="auth_logout"
    )
    def post(self, request: Request) -> Response:
        """End this session. Its refresh token stops working; answers the same when it had ended before."""
        given = read(RefreshSerializer, request).get("refresh")
        session = _bearer_session(request)
        if session is None and (token := given or refresh_cookie(request)):
            session = sessions.session_behind(token)
        if session is not None:
            sessions.log_out(session)
        response = Response(status=status.HTTP_204_NO_CONTENT)
        clear_cookies(response)
        return response


class SwitchView(PersonView):
    required = {"post": SIGNED_IN}

    @extend_schema(request=SwitchSerializer, responses=SessionSerializer, operation_id="auth_switch")
    def post(self, request: Request) -> Response:
        """Go on in another of the person's companies; the refresh token stays as it is."""
        company = read(SwitchSerializer, request)["company"]
        opened = sessions.switch(session_of(request), person_of(request), company)
        return _opened(*opened, keep_cookies="hd_refresh" not in request.COOKIES)


class OptionsView(PublicView):
    required = {"get": PUBLIC}
    throttle_classes = (throttles.PerAddress,)

    @extend_schema(responses=OptionsSerializer, operation_id="auth_options")
    def get(self, request: Request) -> Response:
        """What a visitor may do here."""
        page = settings.WHATSAPP_PHONE_PAGE or None
        options = {"sign_up_open": sign_up.is_open(), "version": settings.BUILD, "emulator_phone_url": page}
        return Response(options)


def _opened(
    session: Session,
    memberships: list[Membership],
    *,
    in_body: bool = False,
    keep_cookies: bool = False,
    status: int = 200,
) -> Response:
    """Tokens and `me`, as SessionSerializer declares them."""
    body = {
        "access": str(Access.of(session)),
        "expires_in": int(lifetime("ACCESS_TOKEN_LIFETIME").total_seconds()),
        "me": profile.me_of(session, memberships),
    }
    if in_body:
        body["refresh"] = str(Refresh.of(session))
    response = Response(body, status=status, headers={"Cache-Control": "no-store"})
    if not in_body and not keep_cookies:
        set_cookies(response, session)
    return response


def _bearer_session(request: Request) -> Session | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return sessions.session_behind(token.strip(), Access) if scheme.lower() == "bearer" else None
