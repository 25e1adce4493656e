"""The door to tickets: the inbox's lists, and everything that can be done with a conversation."""

from typing import Any

import orjson
from django.http import Http404
from django.utils.timezone import now
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.errors import Refused
from tenants.authentication import auth_of
from tenants.models import Membership, User
from tenants.scoping import current_company_id
from tenants.statements import Later, Statement, a_page
from tickets import masking
from tickets.actions import access, bulk_jobs, lifecycle, typing
from tickets.api.acts import TicketActs
from tickets.api.filters import FilterField, FilterSchemaSerializer, filter_schema
from tickets.api.shared import IdField, RowField, asked, checked, person_behind
from tickets.api.viewing import viewer
from tickets.models import Connection, Contact, Queue, Ticket, filters
from tickets.models.counts import ticket_counts
from tickets.models.rows import as_rows
from tickets.models.sorting import ORDERS, Sort
from tickets.models.ticket import Tab, Viewer
from tickets.serializers.history import HistorySerializer
from tickets.serializers.ticket import TicketCountSerializer, TicketCountsSerializer, TicketSerializer

BY_ID = ("queue", "agent", "connection")  # filters that name a row
UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


class TicketFilters(serializers.Serializer[Any]):
    tab = serializers.ChoiceField(choices=Tab.choices, default=Tab.ALL)
    queue = IdField(required=False)
    agent = IdField(required=False)
    connection = IdField(required=False)
    unread = serializers.BooleanField(default=False)
    search = serializers.CharField(max_length=100, required=False, allow_blank=True)
    filter = FilterField(required=False)
    sort = serializers.ChoiceField(choices=Sort.choices, default=Sort.NEWEST)


class TicketForm(serializers.Serializer[Any]):
    """`contact`, or the `number` of somebody who may be new. Without `connection`, the default one."""

    contact = RowField(lambda: Contact.objects.live(), required=False)
    number = serializers.CharField(max_length=30, required=False)
    connection = RowField(lambda: Connection.objects.live(), required=False)
    queue = RowField(lambda: Queue.objects.live(), required=False, allow_null=True)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if ("contact" in given) == ("number" in given):
            raise serializers.ValidationError({"contact": ["Give either a contact or a number."]})
        return given


class TransferForm(serializers.Serializer[Any]):
    """To a queue, to an agent, or to an agent within another queue.

    `note` is for colleagues only; `message` is said to the customer once the transfer cannot be undone.
    """

    queue = RowField(lambda: Queue.objects.live(), required=False, allow_null=True)
    agent = IdField(required=False, allow_null=True)
    note = serializers.CharField(max_length=4096, required=False, allow_blank=True)
    message = serializers.CharField(max_length=4096, required=False, allow_blank=True)

    def validate_agent(self, user_id: int | None) -> User | None:
        if user_id is None:
            return None
        found = Membership.objects.active().filter(user=user_id).select_related("user").first()
        if found is None or not found.may("tickets.write"):
            raise serializers.ValidationError("Nobody with this id can work on tickets.")
        agent: User = found.user
        return agent

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if not given.get("queue") and not given.get("agent"):
            raise serializers.ValidationError({"queue": ["Give a queue, an agent or both."]})
        return given


class CloseForm(serializers.Serializer[Any]):
    """`silent`: no farewell and no question for a rating."""

    silent = serializers.BooleanField(default=False)


class TypingForm(serializers.Serializer[Any]):
    """`is_note`: to colleagues; the customer sees nothing of it and nobody is kept from answering.

    `takes_over`: whoever was answering is asked before sending, instead of this person.
    """

    is_typing = serializers.BooleanField(default=True)
    is_note = serializers.BooleanField(default=False)
    takes_over = serializers.BooleanField(default=False)


class TicketViewSet(TicketActs):
    model = Ticket
    queryset = Ticket.objects.none()  # for the schema
    serializer_class = TicketSerializer
    ordering: tuple[str, ...] = ("-last_message_at", "-id")
    page_size = 40
    required = {
        "list": "tickets.read",
        "create": "tickets.write",
        "retrieve": "tickets.read",
        "destroy": "tickets.delete",
        "counts": "tickets.read",
        "count": "tickets.read",
        "filters": "tickets.read",
        "by_uuid": "tickets.read",
        "accept": "tickets.write",
        "close": "tickets.close",
        "reopen": "tickets.write",
        "read": "tickets.read",
        "unread": "tickets.read",
        "typing": "tickets.write",
        "transfer": "tickets.transfer",
        "history": "tickets.read",
        **TicketActs.acts,
    }

    def get_queryset(self) -> Any:
        return Ticket.objects.visible_to(viewer(self.request))

    @extend_schema(parameters=[TicketFilters])
    def list(self, request: Request) -> Response:
        """One tab of the inbox, the newest conversation first."""
        given, eyes = asked(TicketFilters, request), viewer(request)
        given["search"] = masking.searchable(request, given.get("search", ""))
        if given["search"] or given.get("filter") or given["sort"] != Sort.NEWEST:
            self.ordering = ORDERS[given["sort"]]
            columns = [name.lstrip("-") for name in self.ordering]
            return self.page_of(TicketSerializer, as_rows(_filtered(given, eyes), *columns))
        named = {name: given[name] for name in BY_ID if name in given}
        shape = given["tab"], given["unread"], tuple(named)
        page = self.page_from(_page_of_tab, *shape, eyes.shape, **named, **eyes.values)
        return self.get_paginated_response([orjson.Fragment(row.shown) for row in page])

    @extend_schema(responses=FilterSchemaSerializer)
    @action(detail=False, pagination_class=None)
    def filters(self, request: Request) -> Response:
        """What a filter can ask, and the orders that a list can have."""
        return Response(filter_schema())

    @extend_schema(request=TicketForm, responses={201: TicketSerializer})
    def create(self, request: Request) -> Response:
        """Begin a conversation. Refused while one with this customer is open on the connection."""
        given = checked(TicketForm, request)
        connection = given.get("connection") or default_connection()
        contact = given.get("contact") or lifecycle.contact_with(given["number"])
        ticket = lifecycle.open_for(contact, connection, by=auth_of(request).user, queue=given.get("queue"))
        return Response(TicketSerializer(ticket).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return self._one(pk=pk)

    def destroy(self, request: Request, pk: int) -> Response:
        """Hide the ticket and its messages from everyone."""
        lifecycle.delete(self.get_object(), by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=TicketCountsSerializer)
    @action(detail=False, pagination_class=None)
    def counts(self, request: Request) -> Response:
        """The numbers on the tabs."""
        counted = ticket_counts(viewer(request), current_company_id())
        return Response(counted)

    @extend_schema(parameters=[TicketFilters], responses=TicketCountSerializer)
    @action(detail=False, pagination_class=None)
    def count(self, request: Request) -> Response:
        """How many tickets the list with the same filters holds: what a bulk job over all of them would touch."""
        given = asked(TicketFilters, request)
        given["search"] = masking.searchable(request, given.get("search", ""))
        found = _filtered(given, viewer(request)).order_by().values("pk")[: bulk_jobs.MOST + 1]
        return Response({"count": min(found.count(), bulk_jobs.MOST), "cap": bulk_jobs.MOST})

    @extend_schema(parameters=[OpenApiParameter("uuid", OpenApiTypes.UUID, OpenApiParameter.PATH)])
    @action(detail=False, url_path=f"by-uuid/(?P<uuid>{UUID})", url_name="by-uuid")
    def by_uuid(self, request: Request, uuid: str) -> Response:
        """The ticket behind a link that somebody shared."""
        return self._one(uuid=uuid)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: int) -> Response:
        """Take a waiting ticket; exactly one agent gets it."""
        could_see = Ticket.objects.reachable_by(viewer(request))
        ticket = lifecycle.accept(_found(could_see, pk), by=person_behind(request))
        return Response(TicketSerializer(ticket).data)

    @extend_schema(request=TransferForm)
    @action(detail=True, methods=["post"])
    def transfer(self, request: Request, pk: int) -> Response:
        """Hand it on. To a queue alone it waits for somebody; to an agent it is theirs."""
        ticket = self.get_object()
        ticket = lifecycle.transfer(ticket, by=auth_of(request).user, **checked(TransferForm, request))
        return Response(TicketSerializer(ticket).data)

    @extend_schema(request=CloseForm)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: int) -> Response:
        """End the conversation."""
        ticket = self.get_object()
        ticket = lifecycle.close(ticket, by=auth_of(request).user, **checked(CloseForm, request))
        return Response(TicketSerializer(ticket).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: int) -> Response:
        """Go on with a closed conversation."""
        ticket = lifecycle.reopen(self.get_object(), by=auth_of(request).user)
        return Response(TicketSerializer(ticket).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def read(self, request: Request, pk: int) -> Response:
        """The owner has seen it: the unread count goes, the customer's ticks turn blue."""
        ticket = lifecycle.mark_read(self.get_object(), by=auth_of(request).user)
        return Response(TicketSerializer(ticket).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def unread(self, request: Request, pk: int) -> Response:
        """The owner wants to see it again: it counts as unread until it is looked at."""
        ticket = lifecycle.mark_unread(self.get_object(), by=auth_of(request).user)
        return Response(TicketSerializer(ticket).data)

    @extend_schema(request=TypingForm, responses={204: None})
    @action(detail=True, methods=["post"])
    def typing(self, request: Request, pk: int) -> Response:
        """Show colleagues and the customer that somebody is writing."""
        given = checked(TypingForm, request)
        typing.agent_types(self.get_object(), by=person_behind(request), **given)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=HistorySerializer(many=True))
    @action(detail=True, ordering=("id",), page_size=100)
    def history(self, request: Request, pk: int) -> Response:
        """What happened to the ticket, the oldest first."""
        steps = self.get_object().history.select_related("by")
        return self.page_of(HistorySerializer, steps)

    def _one(self, **where: Any) -> Response:
        eyes = viewer(self.request)
        rows = _one_ticket.rows(tuple(where), eyes.shape, **where, **eyes.values)
        if not rows:
            raise Http404
        access.read_by_program(Ticket(pk=rows[0].id), auth_of(self.request).api_key)
        return Response(orjson.Fragment(rows[0].shown))


def _filtered(given: dict[str, Any], eyes: Viewer) -> Any:
    """The tab that was asked for, narrowed by every filter that was given."""
    found = Ticket.objects.tab(given["tab"], eyes)
    for name in BY_ID:
        if name in given:
            found = found.filter(**{name: given[name]})
    if given["unread"]:
        found = found.filter(unread_count__gt=0)
    if given.get("filter"):
        found = found.filter(filters.question(given["filter"], user_id=eyes.user_id, at=now()))
    return found.about(given.get("search", ""))


@Statement
def _page_of_tab(tab: str, unread: bool, named: tuple[str, ...], eyes: tuple[Any, ...], *page: Any) -> Any:
    given = {"tab": tab, "unread": unread, **{name: Later(name) for name in named}}
    return a_page(as_rows(_filtered(given, Viewer.shaped(*eyes))), *page)


@Statement
def _one_ticket(names: tuple[str, ...], eyes: tuple[Any, ...]) -> Any:
    where = {name: Later(name) for name in names}
    return as_rows(Ticket.objects.visible_to(Viewer.shaped(*eyes)).filter(**where))


def _found(tickets: Any, pk: int) -> Ticket:
    ticket: Ticket | None = tickets.filter(pk=pk).first()
    if ticket is None:
        raise Http404
    return ticket


def default_connection() -> Connection:
    connection: Connection | None = Connection.objects.live().filter(is_default=True).first()
    if connection is None:
        raise Refused("connection_needed", "Say which connection to write from; there is no default one.")
    return connection
