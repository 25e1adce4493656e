"""The people of the company."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.actions import team
from tenants.actions.sign_up import Founder
from tenants.api.doors import read
from tenants.api.inputs import NameField, PasswordField
from tenants.authentication import auth_of
from tenants.doors import CompanyViewSet
from tenants.models import Membership
from tenants.roles import Role
from tenants.serializers.user import UserSerializer

DELETED = OpenApiParameter("deleted", bool, description="Only those who were removed, to bring them back.")


class UserInputSerializer(serializers.Serializer[Any]):
    """Without a password the person gets a letter with a link to choose one."""

    name = NameField()
    email = serializers.EmailField(max_length=254)
    role = serializers.ChoiceField(Role.choices)
    queues = serializers.ListField(child=serializers.IntegerField(min_value=1), max_length=200, default=list)
    password = PasswordField(required=False)


class UserChangesSerializer(serializers.Serializer[Any]):
    name = NameField(required=False)
    email = serializers.EmailField(max_length=254, required=False)
    role = serializers.ChoiceField(Role.choices, required=False)
    queues = serializers.ListField(
        child=serializers.IntegerField(min_value=1), max_length=200, required=False
    )
    is_active = serializers.BooleanField(required=False)
    capacity = serializers.IntegerField(min_value=0, max_value=500, required=False, allow_null=True)
    work_begins = serializers.TimeField(required=False, allow_null=True)
    work_ends = serializers.TimeField(required=False, allow_null=True)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        begins, ends = given.get("work_begins"), given.get("work_ends")
        if (begins is None) != (ends is None) or ("work_begins" in given) != ("work_ends" in given):
            raise serializers.ValidationError({"work_ends": ["Working hours have a begin and an end."]})
        return given


@extend_schema_view(list=extend_schema(parameters=[DELETED]))
class UserViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, CompanyViewSet):
    model = Membership
    queryset = Membership.objects.none()
    serializer_class = UserSerializer
    lookup_field = "user_id"
    lookup_url_kwarg = "id"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("id",)
    required = {
        "list": "users.read",
        "retrieve": "users.read",
        "create": "users.write",
        "partial_update": "users.write",
        "destroy": "users.write",
        "restore": "users.write",
    }

    def get_queryset(self) -> QuerySet[Membership]:
        rows: QuerySet[Membership] = Membership.objects.with_parts()
        if self.action == "list":
            rows = rows.filter(is_active=self.request.query_params.get("deleted") != "true")
        return rows

    @extend_schema(request=UserInputSerializer, responses={201: UserSerializer})
    def create(self, request: Request) -> Response:
        """Add a person. Somebody who has an account in another company keeps their name and password."""
        given = read(UserInputSerializer, request)
        who = Founder(given["name"], given["email"], given.get("password"))
        row = team.add(who, role=given["role"], queues=given["queues"], by=auth_of(request).by)
        return Response(UserSerializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=UserChangesSerializer, responses=UserSerializer)
    def partial_update(self, request: Request, id: str) -> Response:
        changes = read(UserChangesSerializer, request, partial=True)
        row = team.change(self.get_object(), changes, by=auth_of(request).by)
        return Response(UserSerializer(row).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, id: str) -> Response:
        """Remove a person: sessions end, open tickets wait for a colleague. Restorable."""
        team.remove(self.get_object(), by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=UserSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, id: str) -> Response:
        """Bring a removed person back, with the role they had."""
        row = team.restore(self.get_object(), by=auth_of(request).by)
        return Response(UserSerializer(row).data)
