"""The door to templates: the approved words with which a conversation may begin again."""

from dataclasses import asdict
from typing import Any

from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.authentication import auth_of
from tickets import template_parts, texts
from tickets.actions import template_sends, template_sync, templates
from tickets.api.shared import IdField, NounViewSet, RowField, asked, checked
from tickets.api.template_choice import VariablesField
from tickets.api.viewing import visible_ticket, whole_ticket
from tickets.models import Connection, Template
from tickets.models.template import TemplateCategory, TemplateFormat, TemplateStatus
from tickets.serializers.template import TemplateSerializer
from tickets.template_book import account_of

MOST_COMPONENTS = 10


class TemplateFilters(serializers.Serializer[Any]):
    """`connection`: those that this number can send; `usable`: those that may be sent now."""

    connection = IdField(required=False)
    status = serializers.MultipleChoiceField(choices=TemplateStatus.choices, required=False)
    category = serializers.MultipleChoiceField(choices=TemplateCategory.choices, required=False)
    language = serializers.CharField(max_length=20, required=False)
    usable = serializers.BooleanField(default=False)
    search = serializers.CharField(max_length=100, required=False, allow_blank=True)


class TemplateChangeForm(serializers.Serializer[Any]):
    """`components` as the provider defines them; `defaults` fill variables that a sender leaves out.

    `files`: uploads for the headers that are a picture, a video or a document, in their order.
    """

    name = serializers.RegexField(r"^[a-z0-9_]+$", max_length=512)
    language = serializers.RegexField(r"^[a-z]{2,3}(_[A-Z]{2})?$", max_length=20)
    category = serializers.ChoiceField(choices=TemplateCategory.choices, required=False)
    format = serializers.ChoiceField(choices=TemplateFormat.choices, required=False)
    components = serializers.ListField(
        child=serializers.DictField(), max_length=MOST_COMPONENTS, required=False
    )
    defaults = VariablesField(required=False)
    files = serializers.ListField(child=IdField(), required=False, max_length=10)


class TemplateForm(TemplateChangeForm):
    """`connection`: a number of the account that gets the template; without it, the default one."""

    connection = RowField(lambda: Connection.objects.live(), required=False)
    components = serializers.ListField(child=serializers.DictField(), max_length=MOST_COMPONENTS)


class SyncForm(serializers.Serializer[Any]):
    connection = RowField(lambda: Connection.objects.live(), required=False)


class SyncSerializer(serializers.Serializer[Any]):
    total = serializers.IntegerField()
    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    deleted = serializers.IntegerField()


class TemplatePreviewForm(serializers.Serializer[Any]):
    """`variables` may hold our own variables; with a ticket they are filled in for its customer."""

    ticket = IdField(required=False, allow_null=True)
    variables = VariablesField(required=False)


class TemplatePreviewSerializer(serializers.Serializer[Any]):
    """`values`: what each variable becomes; `empty`: the keys of those that would stay empty."""

    body = serializers.CharField(allow_blank=True)
    shown = serializers.DictField()
    values = serializers.DictField(child=serializers.CharField(allow_blank=True))
    empty = serializers.ListField(child=serializers.CharField())


class TemplateViewSet(NounViewSet):
    model = Template
    queryset = Template.objects.none()  # for the schema
    serializer_class = TemplateSerializer
    ordering: tuple[str, ...] = ("name", "language", "id")
    page_size = 100
    required = {
        "list": "tickets.read",
        "create": "templates.write",
        "retrieve": "tickets.read",
        "partial_update": "templates.write",
        "destroy": "templates.write",
        "submit": "templates.write",
        "sync": "templates.write",
        "preview": "tickets.read",
    }

    def get_queryset(self) -> Any:
        return Template.objects.with_parts()

    @extend_schema(parameters=[TemplateFilters])
    def list(self, request: Request) -> Response:
        """By name and language."""
        return self.page_of(TemplateSerializer, _found(self.get_queryset(), asked(TemplateFilters, request)))

    @extend_schema(request=TemplateForm, responses={201: TemplateSerializer})
    def create(self, request: Request) -> Response:
        """Write a draft. WhatsApp sees it when it is submitted."""
        from tickets.api.tickets import default_connection

        given = checked(TemplateForm, request)
        connection = given.pop("connection", None) or default_connection()
        by = auth_of(request)
        template = templates.create(connection, by=by.by, uploader=by.user, **given)
        return Response(TemplateSerializer(template).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(TemplateSerializer(self.get_object()).data)

    @extend_schema(request=TemplateChangeForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change it. Words that WhatsApp already has stay in use until the new ones are submitted."""
        by, given = auth_of(request), checked(TemplateChangeForm, request, partial=True)
        template = templates.update(self.get_object(), by=by.by, uploader=by.user, **given)
        return Response(TemplateSerializer(template).data)

    def destroy(self, request: Request, pk: int) -> Response:
        """Delete it, at WhatsApp as well."""
        templates.remove(self.get_object(), by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: int) -> Response:
        """Give it to WhatsApp for review."""
        return Response(TemplateSerializer(templates.submit(self.get_object(), by=auth_of(request).by)).data)

    @extend_schema(request=SyncForm, responses=SyncSerializer)
    @action(detail=False, methods=["post"])
    def sync(self, request: Request) -> Response:
        """Read the account's templates from WhatsApp now."""
        from tickets.api.tickets import default_connection

        connection = checked(SyncForm, request).get("connection") or default_connection()
        return Response(asdict(template_sync.synchronise(connection)))

    @extend_schema(request=TemplatePreviewForm, responses=TemplatePreviewSerializer)
    @action(detail=True, methods=["post"])
    def preview(self, request: Request, pk: int) -> Response:
        """How it reads for one customer, and which variables would stay empty."""
        given, template, auth = checked(TemplatePreviewForm, request), self.get_object(), auth_of(request)
        assert auth.company is not None
        if ticket := given.get("ticket"):
            facts = texts.facts_of(whole_ticket(visible_ticket(request, ticket)), auth.user)
        else:
            facts = texts.example(auth.company, auth.user)
        values = template_sends.values_for(template, given, facts)
        shown = template_parts.shown(template.components, values)
        empty = [key for key, value in values.items() if not value]
        return Response({"body": shown.pop("body"), "shown": shown, "values": values, "empty": empty})


def _found(rows: Any, given: dict[str, Any]) -> Any:
    if "connection" in given:
        connection = Connection.objects.live().filter(pk=given["connection"]).first()
        if connection is None:
            return rows.none()
        rows = rows.filter(kind=connection.kind, account=account_of(connection))
    for name in ("status", "category"):
        if given.get(name):
            rows = rows.filter(**{f"{name}__in": given[name]})
    if language := given.get("language"):
        rows = rows.filter(language=language)
    if given["usable"]:
        rows = rows.sendable()
    if search := given.get("search", "").strip():
        rows = rows.filter(Q(name__icontains=search.replace(" ", "_")) | Q(components__icontains=search))
    return rows
