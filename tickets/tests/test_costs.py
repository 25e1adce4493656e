"""The cost ledger: one row per message with a price tag, in the company's own prices."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from tickets.actions import receipts
from tickets.models import Cost, Message
from tickets.transport import Receipt

REGULAR = {"billable": True, "type": "regular", "category": "utility"}
FREE = {"billable": False, "type": "free_entry_point", "category": "utility"}


@pytest.fixture
def sent(acme_world, talk, bruno):
    def send(wamid="wamid.1", **fields):
        fields = {"direction": "out", "state": "accepted", "provider_id": wamid, "author": bruno, **fields}
        return acme_world.message(talk, "Olá", **fields)

    return send


@pytest.fixture
def news(acme_world, line):
    def tell(state, pricing=REGULAR, wamid="wamid.1"):
        with acme_world.scope():
            receipts.record(line, Receipt(wamid, state, now(), pricing=pricing))

    return tell


@pytest.fixture
def price(as_, ana):
    def add(amount="0.05", status=201, **given):
        day = str((now() - timedelta(days=9)).date())
        given = {"category": "utility", "country": "BR", "amount": amount, "starts_on": day, **given}
        answer = as_(ana).post("/api/prices/", given, format="json")
        assert answer.status_code == status, answer.content
        return answer.json()

    return add


def costs_of(world):
    with world.scope():
        return list(Cost.objects.order_by("id"))


def test_a_message_is_counted_once_whatever_its_receipts_say(acme_world, sent, news, price):
    price()
    sent()
    for state in ("sent", "delivered", "read"):
        news(state)
    (row,) = costs_of(acme_world)
    assert (str(row.amount), row.category, row.country, row.billable) == ("0.050000", "utility", "BR", True)


def test_what_whatsapp_gives_costs_nothing(acme_world, sent, news, price):
    price()
    sent()
    news("sent", FREE)
    assert costs_of(acme_world)[0].amount == 0


def test_without_a_price_the_amount_is_unknown_and_said_so(as_, ana, acme_world, sent, news):
    sent()
    news("sent")
    assert costs_of(acme_world)[0].amount is None
    (line,) = as_(ana).get("/api/costs/?by=category").json()["totals"]
    assert (line["unpriced"], line["billable"], line["amount"]) == (1, 1, "0.000000")


def test_prices_typed_later_can_be_put_on_what_was_counted(as_, ana, acme_world, sent, news, price):
    sent()
    news("sent")
    price("0.07")
    assert as_(ana).post("/api/costs/again/").json() == {"counted": 1}
    assert str(costs_of(acme_world)[0].amount) == "0.070000"


def test_the_newest_price_that_counts_on_the_day_is_taken(acme_world, sent, news, price):
    today = now().date()
    price("0.01", starts_on=str(today - timedelta(days=60)))
    price("0.02", starts_on=str(today - timedelta(days=1)))
    price("0.03", starts_on=str(today + timedelta(days=1)))
    price("9", country="")
    sent()
    news("sent")
    assert str(costs_of(acme_world)[0].amount) == "0.020000"


def test_a_failed_message_costs_nothing(acme_world, sent, news, price):
    price()
    sent()
    news("sent")
    news("failed", None)
    assert costs_of(acme_world) == []


@pytest.mark.parametrize("by", ["month", "agent", "connection", "ticket", "category", "country"])
def test_sums_by_whatever_one_asks(as_, ana, sent, news, price, by):
    price("0.5")
    for number in range(3):
        sent(f"wamid.{number}")
        news("delivered", wamid=f"wamid.{number}")
    (line,) = as_(ana).get(f"/api/costs/?by={by}").json()["totals"]
    assert (line["messages"], line["amount"]) == (3, "1.500000")


def test_an_agent_sees_what_the_own_ticket_cost_and_no_report(as_, bruno, talk, sent, news, price):
    price("0.5")
    sent()
    news("sent")
    assert as_(bruno).get(f"/api/tickets/{talk.pk}/cost/").json()["totals"][0]["amount"] == "0.500000"
    assert as_(bruno).get("/api/costs/").status_code == 403


def test_the_export_has_a_line_per_message(as_, ana, sent, news, price):
    price("0.5")
    sent()
    news("sent")
    lines = b"".join(as_(ana).get("/api/costs/export/").streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert "utility" in lines[1]
    assert "0.500000" in lines[1]


def test_an_estimate_before_sending(as_, bruno, talk, price):
    price("0.5")
    answer = as_(bruno).post(
        "/api/costs/estimate/", {"ticket": talk.pk, "category": "utility"}, format="json"
    )
    assert answer.json() == {
        "country": "BR", "currency": "USD", "prices": [{"category": "utility", "amount": "0.500000"}],
    }  # fmt: skip
    everything = as_(bruno).post("/api/costs/estimate/", {"ticket": talk.pk}, format="json").json()["prices"]
    assert [one["amount"] for one in everything if one["category"] == "marketing"] == [None]


def test_a_price_is_typed_once_per_day(price):
    price()
    assert price(status=409)["code"] == "price_taken"


def test_the_totals_equal_the_sum_of_the_tags(acme_world, as_, ana, sent, news, price):
    price("0.05")
    price("0.2", category="marketing")
    tags = [REGULAR, FREE, {**REGULAR, "category": "marketing"}, REGULAR]
    for number, tag in enumerate(tags):
        sent(f"wamid.{number}")
        news("sent", tag, wamid=f"wamid.{number}")
    lines = as_(ana).get("/api/costs/?by=category").json()["totals"]
    assert {line["key"]: line["amount"] for line in lines} == {"marketing": "0.200000", "utility": "0.100000"}
    with acme_world.scope():
        assert Message.objects.filter(pricing__isnull=False).count() == sum(
            line["messages"] for line in lines
        )
