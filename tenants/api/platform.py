"""The operator's doors: companies as customers, and who may sign up."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.actions import platform
from tenants.actions.sign_up import Founder
from tenants.api.doors import OperatorViewSet, PersonView, person_of, read
from tenants.api.inputs import LanguageField, NameField, PasswordField, TimezoneField
from tenants.models import Company, Platform
from tenants.roles import OPERATOR
from tenants.serializers.company import LimitsSerializer, PlatformCompanySerializer

DELETED = OpenApiParameter("deleted", bool, description="Only deleted companies, to bring them back.")


class FounderSerializer(serializers.Serializer[Any]):
    """The first administrator; without a password they get a letter to choose one."""

    name = NameField()
    email = serializers.EmailField(max_length=254)
    password = PasswordField(required=False)


class PlatformCompanyChangesSerializer(serializers.Serializer[Any]):
    name = NameField(required=False)
    timezone = TimezoneField(required=False)
    language = LanguageField(required=False)
    limits = LimitsSerializer(required=False)


class PlatformCompanyInputSerializer(PlatformCompanyChangesSerializer):
    name = NameField()
    admin = FounderSerializer()


class PlatformSettingsSerializer(serializers.Serializer[Platform]):
    sign_up_open = serializers.BooleanField(source="is_sign_up_open")


@extend_schema_view(list=extend_schema(parameters=[DELETED]))
class PlatformCompanyViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, OperatorViewSet):
    """Companies as the operator's customers."""

    queryset = Company.objects.none()
    serializer_class = PlatformCompanySerializer
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("id",)
    required = dict.fromkeys(
        ["list", "retrieve", "create", "partial_update", "destroy", "block", "unblock", "restore"], OPERATOR
    )

    def get_queryset(self) -> QuerySet[Company]:
        wants_deleted = self.request.query_params.get("deleted") == "true"
        return platform.companies(
            deleted=self.action == "restore" or (self.action == "list" and wants_deleted)
        )

    @extend_schema(request=PlatformCompanyInputSerializer, responses={201: PlatformCompanySerializer})
    def create(self, request: Request) -> Response:
        """A company with its first administrator."""
        given = read(PlatformCompanyInputSerializer, request)
        founder = Founder(**given.pop("admin"))
        company = platform.create(given, founder, by=person_of(request))
        return Response(self._shown(company), status=status.HTTP_201_CREATED)

    @extend_schema(request=PlatformCompanyChangesSerializer, responses=PlatformCompanySerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Name, time zone, language and the limits of the plan."""
        changes = read(PlatformCompanyChangesSerializer, request, partial=True)
        return Response(self._shown(platform.update(self.get_object(), changes, by=person_of(request))))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Hide and shut a company; all its rows are kept."""
        platform.delete(self.get_object(), by=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=PlatformCompanySerializer)
    @action(detail=True, methods=["post"])
    def block(self, request: Request, pk: str) -> Response:
        """Nobody of the company gets in until it is unblocked."""
        return Response(self._shown(platform.block(self.get_object(), by=person_of(request))))

    @extend_schema(request=None, responses=PlatformCompanySerializer)
    @action(detail=True, methods=["post"])
    def unblock(self, request: Request, pk: str) -> Response:
        return Response(self._shown(platform.unblock(self.get_object(), by=person_of(request))))

    @extend_schema(request=None, responses=PlatformCompanySerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: str) -> Response:
        """Bring a deleted company back."""
        return Response(self._shown(platform.restore(self.get_object(), by=person_of(request))))

    def _shown(self, company: Company) -> dict[str, Any]:
        row = platform.companies().get(pk=company.pk)
        return PlatformCompanySerializer(row).data


class PlatformSettingsView(PersonView):
    required = {"get": OPERATOR, "patch": OPERATOR}

    @extend_schema(responses=PlatformSettingsSerializer, operation_id="platform_settings_retrieve")
    def get(self, request: Request) -> Response:
        """What holds for the whole installation."""
        return Response(PlatformSettingsSerializer(Platform.current()).data)

    @extend_schema(
        request=PlatformSettingsSerializer,
        responses=PlatformSettingsSerializer,
        operation_id="platform_settings_update",
    )
    def patch(self, request: Request) -> Response:
        """Open or close sign-up."""
        given = read(PlatformSettingsSerializer, request, partial=True)
        if "is_sign_up_open" in given:
            platform.open_sign_up(given["is_sign_up_open"])
        return Response(PlatformSettingsSerializer(Platform.current()).data)
