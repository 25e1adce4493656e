"""The door to macros: the company's and one's own."""

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.authentication import auth_of
from tickets.actions import macros
from tickets.actions.macro_steps import Run
from tickets.api.owned import owner_for, require_change
from tickets.api.shared import DeletedFilter, IdField, NounViewSet, asked, checked, person_behind
from tickets.api.viewing import visible_ticket
from tickets.models import Macro
from tickets.serializers.macro import MacroDoneSerializer, MacroReportSerializer, MacroSerializer
from tickets.serializers.ticket import TicketSerializer

SHARED = "macros.write"


class StepsField(serializers.ListField):
    """[{"kind": …, and the parameters of that kind}], in order."""

    child = serializers.DictField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_length=1, max_length=macros.LONGEST, **kwargs)


class MacroForm(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=60)
    steps = StepsField()
    is_shared = serializers.BooleanField(required=False, default=False)


class RunForm(serializers.Serializer[Any]):
    """`client_id` makes a repeated request send nothing twice."""

    ticket = IdField()
    client_id = serializers.UUIDField(required=False)


class RehearsalForm(serializers.Serializer[Any]):
    """`steps` of a macro that is being written."""

    ticket = IdField()
    steps = StepsField()


class MacroViewSet(NounViewSet):
    model = Macro
    queryset = Macro.objects.none()  # for the schema
    serializer_class = MacroSerializer
    ordering: tuple[str, ...] = ("name", "id")
    page_size = 500
    required = {
        "list": "tickets.read",
        "create": "tickets.write",
        "retrieve": "tickets.read",
        "partial_update": "tickets.write",
        "destroy": "tickets.write",
        "restore": "tickets.write",
        "rehearse": "tickets.write",
        "preview": "tickets.write",
        "run": "tickets.write",
    }

    def get_queryset(self) -> Any:
        user = auth_of(self.request).user
        return Macro.objects.with_parts().usable_by(user.pk if user else None)

    @extend_schema(parameters=[DeletedFilter])
    def list(self, request: Request) -> Response:
        """By name."""
        deleted = asked(DeletedFilter, request)["deleted"]
        return self.page_of(MacroSerializer, self.get_queryset().filter(deleted_at__isnull=not deleted))

    @extend_schema(request=MacroForm, responses={201: MacroSerializer})
    def create(self, request: Request) -> Response:
        """A new one: one's own, or the company's for who may write those."""
        given = checked(MacroForm, request)
        owner = owner_for(request, is_shared=given.pop("is_shared"), permission=SHARED)
        macro = macros.create(by=auth_of(request).by, owner=owner, **given)
        return Response(MacroSerializer(macro).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(MacroSerializer(self.get_object()).data)

    @extend_schema(request=MacroForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        macro = self._mine()
        given = checked(MacroForm, request, partial=True)
        if "is_shared" in given:
            is_shared = given.pop("is_shared")
            if is_shared != (macro.owner_id is None):
                given["owner"] = owner_for(request, is_shared=is_shared, permission=SHARED)
        macro = macros.update(macro, by=auth_of(request).by, **given)
        return Response(MacroSerializer(macro).data)

    def destroy(self, request: Request, pk: int) -> Response:
        """Hide it; it can be restored."""
        macros.delete(self._mine(), by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: int) -> Response:
        """Bring a deleted one back."""
        return Response(MacroSerializer(macros.restore(self._mine(), by=auth_of(request).by)).data)

    @extend_schema(request=RehearsalForm, responses=MacroReportSerializer)
    @action(detail=False, methods=["post"])
    def rehearse(self, request: Request) -> Response:
        """What steps that are not saved yet would do to a ticket."""
        given = checked(RehearsalForm, request)
        steps = macros.understood(given["steps"])
        ticket = visible_ticket(request, given["ticket"])
        return _reported(macros.rehearse(steps, ticket, run=_run(request, given)))

    @extend_schema(request=RunForm, responses=MacroReportSerializer)
    @action(detail=True, methods=["post"])
    def preview(self, request: Request, pk: int) -> Response:
        """What it would do to this ticket now, and what cannot be done."""
        macro, given = self.get_object(), checked(RunForm, request)
        ticket = visible_ticket(request, given["ticket"])
        return _reported(macros.rehearse(macro.steps, ticket, run=_run(request, given)))

    @extend_schema(request=RunForm, responses=MacroDoneSerializer)
    @action(detail=True, methods=["post"])
    def run(self, request: Request, pk: int) -> Response:
        """Do all steps, or none of them when one cannot be done."""
        macro, given = self.get_object(), checked(RunForm, request)
        ticket = visible_ticket(request, given["ticket"])
        reports, can_undo = macros.perform(macro, ticket, run=_run(request, given))
        after = TicketSerializer(ticket).data
        return Response({**_reported(reports).data, "ticket": after, "can_undo": can_undo})

    def _mine(self) -> Macro:
        macro: Macro = self.get_object()
        require_change(self.request, macro, SHARED)
        return macro


def _run(request: Request, given: dict[str, Any]) -> Run:
    permissions = frozenset(auth_of(request).permissions)
    return Run(person_behind(request), permissions, given.get("client_id") or uuid.uuid4())


def _reported(reports: list[macros.Report]) -> Response:
    shown = [{"kind": one.kind, "shown": one.shown, "problem": one.problem} for one in reports]
    return Response({"steps": shown})
