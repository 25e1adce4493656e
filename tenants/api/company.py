"""The company's own record and its options."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.actions import company
from tenants.api.doors import PersonView, company_of, read
from tenants.api.inputs import LanguageField, NameField, TimezoneField
from tenants.authentication import auth_of
from tenants.company_settings import OPTIONS
from tenants.serializers.company import CompanySerializer, SettingSchemaSerializer, SettingsSerializer


class CompanyChangesSerializer(serializers.Serializer[Any]):
    name = NameField(required=False)
    timezone = TimezoneField(required=False)
    language = LanguageField(required=False)


class CompanyView(PersonView):
    required = {"get": "company.read", "patch": "company.write"}

    @extend_schema(responses=CompanySerializer, operation_id="company_retrieve")
    def get(self, request: Request) -> Response:
        """The company of the bearer."""
        return Response(CompanySerializer(company_of(request)).data)

    @extend_schema(
        request=CompanyChangesSerializer, responses=CompanySerializer, operation_id="company_update"
    )
    def patch(self, request: Request) -> Response:
        """Change name, time zone or language."""
        changes = read(CompanyChangesSerializer, request, partial=True)
        return Response(CompanySerializer(company.update(changes, by=auth_of(request).by)).data)


class SettingsView(PersonView):
    required = {"get": "company.read", "patch": "company.write"}

    @extend_schema(responses=SettingsSerializer, operation_id="company_settings_retrieve")
    def get(self, request: Request) -> Response:
        """Every option with the company's value."""
        return Response(company.options_of(company_of(request)))

    @extend_schema(
        request=SettingsSerializer, responses=SettingsSerializer, operation_id="company_settings_update"
    )
    def patch(self, request: Request) -> Response:
        """Change the options given. An unknown one is refused."""
        unknown = sorted(set(request.data) - set(OPTIONS)) if isinstance(request.data, dict) else []
        if unknown:
            raise serializers.ValidationError({key: ["There is no such option."] for key in unknown})
        values = read(SettingsSerializer, request, partial=True)
        return Response(company.options_of(company.set_options(values, by=auth_of(request).by)))


class SettingsSchemaView(PersonView):
    required = {"get": "company.read"}

    @extend_schema(responses=SettingSchemaSerializer(many=True), operation_id="company_settings_schema")
    def get(self, request: Request) -> Response:
        """What each option means, for drawing a form."""
        options: Any = list(OPTIONS.values())
        return Response(SettingSchemaSerializer(options, many=True).data)
