"""The cost ledger: one row per message that the provider puts a price tag on, and what sending would cost."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import phonenumbers
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils.timezone import now

from helpdesk.constraints import unless_taken
from helpdesk.errors import Refused
from tenants.actions import audit
from tenants.company_settings import OPTIONS
from tenants.models import Company
from tenants.scoping import current_company_id
from tenants.statements import Later, Statement
from tickets.models import Contact, Cost, Message, Price
from tickets.models.cost import CostCategory
from tickets.models.message import State

NOTHING = Decimal(0)
SHOWN = ["category", "type", "billable", "amount", "currency", "country", "at"]


def record(messages: Sequence[Message]) -> None:
    """Part of the transaction that stores what the provider said. A message that failed costs nothing."""
    priced = {message.pk: message for message in messages if message.pricing}
    if not priced:
        return
    failed = [pk for pk, message in priced.items() if message.state == State.FAILED]
    if failed:
        Cost.objects.filter(message__in=failed).delete()
    found = _numbers.rows(ids=list(priced.keys() - set(failed))) if len(failed) < len(priced) else []
    if not found:
        return
    prices, currency = PriceList(_all_prices.rows()), found[0].currency or OPTIONS["cost_currency"].default
    rows = [_row(priced[one.pk], country_of(one.number), prices, currency) for one in found]
    Cost.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["message"], update_fields=[*SHOWN, "updated_at"]
    )


@Statement
def _numbers() -> Any:
    """Whom these messages went to, and the company's currency where it chose one."""
    chosen = KeyTextTransform("cost_currency", "company__settings")
    rows = Message.objects.filter(pk__any=Later("ids")).annotate(
        number=F("ticket__contact__number"), currency=chosen
    )
    return rows.values_list("pk", "number", "currency", named=True)


@Statement
def _all_prices() -> Any:
    return Price.objects.all()


def _row(message: Message, country: str, prices: "PriceList", currency: str) -> Cost:
    tag: dict[str, Any] = message.pricing or {}
    category, billable = str(tag.get("category", ""))[:30], bool(tag.get("billable", True))
    return Cost(
        company_id=message.company_id,
        message=message,
        ticket_id=message.ticket_id,
        connection_id=message.connection_id,
        agent_id=message.author_id,
        country=country,
        category=category,
        type=str(tag.get("type", ""))[:30],
        billable=billable,
        amount=prices.of(country, category, message.at.date()) if billable else NOTHING,
        currency=currency,
        at=message.at,
    )


class PriceList:
    """The company's prices, newest first; what is blank in the country is for all others."""

    def __init__(self, prices: Iterable[Price]) -> None:
        self._prices = sorted(prices, key=lambda price: price.starts_on, reverse=True)

    def of(self, country: str, category: str, on: date) -> Decimal | None:
        """None when the company has typed no price that counts on that day."""
        for wanted in dict.fromkeys((country, "")):
            for price in self._prices:
                if (price.country, price.category) == (wanted, category) and price.starts_on <= on:
                    found: Decimal = price.amount
                    return found
        return None


def _prices() -> PriceList:
    return PriceList(Price.objects.all())


def currency_of_company() -> str:
    company: Company = Company.objects.get(pk=current_company_id())
    return str(company.option("cost_currency"))


def country_of(number: str) -> str:
    """The country whose price counts, by its two letters; blank when the number is hidden or strange."""
    if not number:
        return ""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(f"+{number}")) or ""
    except phonenumbers.NumberParseException:
        return ""


def estimate(contact: Contact, category: str = "") -> dict[str, Any]:
    """What one message to this customer would cost, in each category or in the one that was asked for."""
    country, prices, today = country_of(contact.number), _prices(), now().date()
    wanted = [category] if category else list(CostCategory.values)
    return {
        "country": country,
        "currency": currency_of_company(),
        "prices": [{"category": one, "amount": prices.of(country, one, today)} for one in wanted],
    }


@transaction.atomic
def set_price(price: Price, *, by: audit.Actor, **fields: Any) -> Price:
    """A new line of the price list, or a corrected one. What was counted before keeps its amount."""
    for name, value in fields.items():
        setattr(price, name, value)
    with unless_taken({"price_once": _taken}):
        price.save()
    _note(price, "price.set", by)
    return price


@transaction.atomic
def remove_price(price: Price, *, by: audit.Actor) -> None:
    _note(price, "price.removed", by)
    price.delete()


@transaction.atomic
def count_again(rows: "QuerySet[Cost]") -> int:
    """Put today's price list on these rows: after prices were typed that were missing or wrong."""
    prices, currency = _prices(), currency_of_company()
    found = list(rows.filter(billable=True).select_for_update())
    for row in found:
        row.amount, row.currency = prices.of(row.country, row.category, row.at.date()), currency
    Cost.objects.bulk_update(found, ["amount", "currency"], batch_size=500)
    return len(found)


def _taken() -> Exception:
    return Refused("price_taken", "There is a price for this from that day on.")


def _note(price: Price, what: str, by: audit.Actor) -> None:
    data = {"country": price.country, "category": price.category, "amount": str(price.amount)}
    audit.record(what, actor=by, target=f"price:{price.pk or 0}", data=data)
