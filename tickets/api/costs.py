"""Doors to what messages cost: sums of the ledger, its export, an estimate, and the company's price list."""

from collections.abc import Iterator
from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.authentication import auth_of
from tenants.doors import CompanyViewSet
from tenants.scoping import current_company_id
from tickets.actions import costs
from tickets.api.downloads import download
from tickets.api.shared import IdField, NounViewSet, asked, checked
from tickets.api.viewing import visible_ticket
from tickets.models import Cost, Price
from tickets.models.cost import CostCategory
from tickets.models.cost_totals import GROUPS, totals


class CostFilters(serializers.Serializer[Any]):
    """`after` and `before` are about when the message was written."""

    by = serializers.ChoiceField(choices=sorted(GROUPS), default="month")
    after = serializers.DateTimeField(required=False)
    before = serializers.DateTimeField(required=False)
    connection = IdField(required=False)
    agent = IdField(required=False)
    ticket = IdField(required=False)


class CostTotalSerializer(serializers.Serializer[Any]):
    """`key` is a month like 2026-11, the id of the group, a category or a country. `unpriced` messages are charged,
    and the price list has no price for them: the amount is without them."""

    key = serializers.CharField(allow_blank=True)
    name = serializers.CharField(allow_blank=True)
    currency = serializers.CharField()
    messages = serializers.IntegerField()
    billable = serializers.IntegerField()
    unpriced = serializers.IntegerField()
    amount = serializers.DecimalField(max_digits=14, decimal_places=6)


class CostReportSerializer(serializers.Serializer[Any]):
    currency = serializers.CharField()
    totals = CostTotalSerializer(many=True)


class EstimateForm(serializers.Serializer[Any]):
    ticket = IdField()
    category = serializers.ChoiceField(choices=CostCategory.choices, required=False, default="")


class EstimatedPriceSerializer(serializers.Serializer[Any]):
    category = serializers.CharField()
    amount = serializers.DecimalField(max_digits=14, decimal_places=6, allow_null=True)


class EstimateSerializer(serializers.Serializer[Any]):
    """An amount is null where the company has typed no price."""

    country = serializers.CharField(allow_blank=True)
    currency = serializers.CharField()
    prices = EstimatedPriceSerializer(many=True)


class RecountedSerializer(serializers.Serializer[Any]):
    counted = serializers.IntegerField()


class PriceSerializer(serializers.Serializer[Price]):
    id = serializers.IntegerField()
    country = serializers.CharField(allow_blank=True)
    category = serializers.ChoiceField(choices=CostCategory.choices)
    amount = serializers.DecimalField(max_digits=12, decimal_places=6)
    starts_on = serializers.DateField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class PriceForm(serializers.Serializer[Any]):
    """A blank country is for all that have no price of their own."""

    country = serializers.RegexField(r"^[A-Z]{2}$", required=False, allow_blank=True, default="")
    category = serializers.ChoiceField(choices=CostCategory.choices)
    amount = serializers.DecimalField(max_digits=12, decimal_places=6, min_value=0)
    starts_on = serializers.DateField()


class CostViewSet(CompanyViewSet):
    model = Cost
    queryset = Cost.objects.none()  # for the schema
    serializer_class = CostReportSerializer
    required = {
        "report": "costs.read",
        "export": "costs.read",
        "again": "company.write",
        "estimate": "tickets.write",
    }

    @extend_schema(parameters=[CostFilters], operation_id="costs_report")
    def report(self, request: Request) -> Response:
        """What messages cost in a period, by month, agent, connection, ticket, category or country."""
        given = asked(CostFilters, request)
        lines = totals(_found(given), given["by"])
        body = {"currency": costs.currency_of_company(), "totals": lines}
        return Response(CostReportSerializer(body).data)

    @extend_schema(parameters=[CostFilters], responses={(200, "text/csv"): OpenApiTypes.STR})
    def export(self, request: Request) -> HttpResponseBase:
        """Each message of a period with its price tag, as CSV."""
        rows = _found(asked(CostFilters, request)).select_related("agent", "connection", "ticket")
        return download("costs", _lines(rows), company_id=current_company_id())

    @extend_schema(parameters=[CostFilters], request=None, responses=RecountedSerializer)
    def again(self, request: Request) -> Response:
        """Put today's price list on the messages of a period."""
        return Response({"counted": costs.count_again(_found(asked(CostFilters, request)))})

    @extend_schema(request=EstimateForm, responses=EstimateSerializer)
    def estimate(self, request: Request) -> Response:
        """What one message to the customer of this ticket would cost."""
        given = checked(EstimateForm, request)
        ticket = visible_ticket(request, given["ticket"])
        return Response(EstimateSerializer(costs.estimate(ticket.contact, given["category"])).data)


class PriceViewSet(NounViewSet):
    """The company's own price list."""

    model = Price
    queryset = Price.objects.none()  # for the schema
    serializer_class = PriceSerializer
    ordering: tuple[str, ...] = ("country", "category", "-starts_on", "id")
    page_size = 100
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]
    required = {
        "list": "costs.read",
        "create": "company.write",
        "retrieve": "costs.read",
        "partial_update": "company.write",
        "destroy": "company.write",
    }

    def get_queryset(self) -> Any:
        return Price.objects.all()

    def list(self, request: Request) -> Response:
        return self.page_of(PriceSerializer, self.get_queryset())

    @extend_schema(request=PriceForm, responses={201: PriceSerializer})
    def create(self, request: Request) -> Response:
        price = costs.set_price(Price(), by=auth_of(request).by, **checked(PriceForm, request))
        return Response(PriceSerializer(price).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(PriceSerializer(self.get_object()).data)

    @extend_schema(request=PriceForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        given = checked(PriceForm, request, partial=True)
        return Response(
            PriceSerializer(costs.set_price(self.get_object(), by=auth_of(request).by, **given)).data
        )

    def destroy(self, request: Request, pk: int) -> Response:
        """Take a price out of the list. What was counted with it keeps its amount."""
        costs.remove_price(self.get_object(), by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)


class TicketCostViewSet(CompanyViewSet):
    """What the messages of one ticket cost, for everybody who sees it."""

    model = Cost
    queryset = Cost.objects.none()  # for the schema
    serializer_class = CostReportSerializer
    required = {"retrieve": "tickets.read"}

    @extend_schema(operation_id="tickets_cost")
    def retrieve(self, request: Request, pk: int) -> Response:
        lines = totals(Cost.objects.filter(ticket=visible_ticket(request, pk)), "category")
        return Response(CostReportSerializer({"currency": costs.currency_of_company(), "totals": lines}).data)


def _found(given: dict[str, Any]) -> Any:
    lookups = {"after": "at__gte", "before": "at__lt"}
    wanted = {lookups.get(name, name): value for name, value in given.items() if name != "by"}
    return Cost.objects.filter(**wanted)


def _lines(rows: Any) -> Iterator[list[Any]]:
    yield [
        "at",
        "ticket",
        "connection",
        "agent",
        "country",
        "category",
        "type",
        "billable",
        "amount",
        "currency",
    ]
    for row in rows.order_by("at", "id").iterator(chunk_size=500):
        agent = row.agent.name if row.agent else ""
        amount = "" if row.amount is None else str(row.amount)
        yield [row.at.isoformat(), row.ticket.number, row.connection.name, agent, row.country, row.category,
               row.type, row.billable, amount, row.currency]  # fmt: skip
