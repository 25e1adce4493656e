"""Conversations find their agents: in turn, as many as each may carry, away from who left, and by when it was promised.

A minute is the shortest time that the rules know, so this journey takes a little longer than one.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.chaos.storm import PASSWORD
from tests.journeys import people

pytestmark = pytest.mark.journey
RULED = 90_000  # milliseconds until a rule of one minute has acted, on a busy machine


@pytest.fixture
def company(found):
    made = found("palmares")
    queue = made.call("POST", "queues/", json={"name": "Vendas", "color": "#0b7285", "away_minutes": 1})["id"]
    made.call("PATCH", f"connections/{made.connection}/", json={"queue": queue, "reopen_minutes": 0})
    for name in ("ana", "bia"):
        person = {
            "name": name.title(),
            "email": f"{name}@palmares.example",
            "role": "agent",
            "queues": [queue],
        }
        made.call("POST", "users/", json={**person, "password": PASSWORD})
    return made


@pytest.fixture
def says(stack, company):
    """`says("Carla", "oi")`: a new customer writes."""
    count = iter(range(100))

    def write(name, text):
        number = f"55413300000{next(count):02}"
        stack.control("PUT", "personas", json={"id": number, "name": name})
        draft = {"phone_number_id": company.phone_number_id, "type": "text", "body": text}
        stack.control("POST", f"personas/{number}/send", json=draft)

    return write


def promise_a_reply_within_a_minute(page, base):
    page.goto(f"{base}/settings/sla")
    page.get_by_role("button", name="New policy").first.click()
    form = page.get_by_role("dialog")
    form.get_by_label("Name", exact=True).fill("Fast")
    form.get_by_label("First reply", exact=True).fill("1")
    form.get_by_label("Count business hours only").uncheck()
    form.get_by_label("Default policy").check()
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_role("table").get_by_text("Fast")).to_be_visible()
    expect(page.get_by_role("table").get_by_text("1 minute")).to_be_visible()


def hand_out_in_turn(page, base, *, most):
    page.goto(f"{base}/queues")
    page.get_by_role("button", name="Vendas").first.click()
    form = page.get_by_role("dialog")
    form.get_by_label("Round robin").check()
    form.get_by_label("At most per person in this queue").fill(str(most))
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_role("table").get_by_text("Round robin")).to_be_visible()


def goes_away(page):
    page.get_by_role("button", name="Bia").first.click()
    page.get_by_role("menuitem", name="Ausente").click()


def test_in_turn_within_limits_away_from_who_left_and_in_time(stack, company, says, admin, sign_in):
    boss = admin(company).page
    promise_a_reply_within_a_minute(boss, stack.web)
    hand_out_in_turn(boss, stack.web, most=2)
    ana, bia = (sign_in(f"{name}@palmares.example", PASSWORD).page for name in ("ana", "bia"))
    for page in (ana, bia):
        page.get_by_test_id("tab-mine").click()

    says("Carla", "primeira")
    says("Dalva", "segunda")
    for page in (ana, bia):
        expect(people.rows(page)).to_have_count(1)  # one for each
    says("Elisa", "terceira")
    says("Fabio", "quarta")
    for page in (ana, bia):
        expect(people.rows(page)).to_have_count(2)
    says("Gilda", "quinta")  # nobody may carry a third
    boss.goto(f"{stack.web}/inbox?tab=waiting")
    expect(people.rows(boss)).to_have_count(1)
    expect(people.rows(boss)).to_contain_text("quinta")
    countdown = people.rows(boss).locator('[data-testid^="countdown-"]')
    expect(countdown).to_contain_text(re.compile(r"\d+ s"))
    boss.goto(f"{stack.web}/team")
    expect(boss.get_by_role("row", name="Bia")).to_contain_text("2/10")

    goes_away(bia)
    people.rows(ana).first.click()
    people.close(ana)
    ana.get_by_test_id("tab-mine").click()
    expect(people.rows(ana).filter(has_text="quinta")).to_have_count(1)  # the oldest fills the place
    expect(people.rows(ana)).to_have_count(2)

    expect(people.rows(bia)).to_have_count(0, timeout=RULED)  # her customers have waited long enough
    boss.goto(f"{stack.web}/inbox?tab=waiting")
    expect(people.rows(boss)).to_have_count(2)
    for row in people.rows(boss).all():
        mark = row.locator('[data-testid^="countdown-"]')
        expect(mark).to_have_attribute("data-state", "late", timeout=RULED)
        expect(mark).to_contain_text("First reply late by")
