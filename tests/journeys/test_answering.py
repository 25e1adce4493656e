"""Answering faster: quick replies, macros that can be undone, promises kept back, words passed on, and scores."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.browser import Watched

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def company(found):
    made = found("pressa")
    made.call("PATCH", "company/settings/", json={"rating": "csat", "undo_seconds": 10})
    return made


@pytest.fixture
def talk(company, admin, customer):
    """A conversation that was just accepted: the console and the customer's phone."""
    made = []

    def begin(name: str, hello: str) -> tuple[Page, people.Customer]:
        watched: Watched = admin(company)
        person = customer(company, name)
        person.write(hello)
        people.open_waiting(watched.page, hello)
        people.accept(watched.page)
        made.append(watched)
        return watched.page, person

    return begin


def test_a_quick_reply_is_written_once_and_put_in_with_a_slash(stack, admin, company, talk):
    page = admin(company).page
    page.goto(f"{stack.web}/settings/quick-replies")
    page.get_by_role("button", name="New reply").first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("Shortcut").fill("hours")
    drawer.get_by_label("Title").fill("Opening hours")
    drawer.get_by_label("Folder").fill("Shop")
    drawer.get_by_label("Text", exact=True).fill("{{firstName}}, we are open until six.")
    expect(drawer.get_by_text("Maria, we are open until six.")).to_be_visible()
    drawer.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="/hours Opening hours")).to_be_visible()

    page, person = talk("Zoe Prado", "Are you open?")
    page.get_by_test_id("composer").press_sequentially("/hou")
    menu = page.get_by_test_id("slash-menu")
    expect(menu.get_by_test_id("slash-hours")).to_have_attribute("aria-selected", "true")
    expect(menu.get_by_text("Zoe, we are open until six.")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("composer")).to_have_value("Zoe, we are open until six.")
    page.get_by_test_id("send").click()
    expect(person.bubble("Zoe, we are open until six.")).to_be_visible()


def test_a_macro_is_seen_before_it_runs_and_undone_in_one_click(stack, admin, company, talk):
    page = admin(company).page
    page.goto(f"{stack.web}/settings/macros")
    page.get_by_role("button", name="New macro").first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("Name").fill("Done for today")
    for kind in ("priority", "note", "close"):
        page.get_by_test_id("add-step").click()
        page.get_by_test_id(f"add-{kind}").click()
    drawer.get_by_label("Internal note").fill("Closed by {{userName}}")
    drawer.get_by_label("Close silently").check(force=True)
    drawer.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Done for today")).to_be_visible()

    page, _ = talk("Yara Leal", "Thanks, that is all")
    page.get_by_test_id("ticket-menu").click()
    page.get_by_test_id("menu-macro").click()
    page.get_by_role("option", name=re.compile("Done for today")).click()
    steps = page.get_by_test_id("macro-preview").get_by_role("listitem")
    expect(steps).to_have_count(3)
    expect(steps.nth(1)).to_contain_text("Closed by")
    page.get_by_test_id("run-macro").click()
    expect(page.get_by_test_id("reopen")).to_be_visible()
    page.get_by_test_id("undo").click()
    expect(page.get_by_test_id("close")).to_be_visible()
    expect(page.get_by_test_id("composer")).to_be_visible()


def test_a_scheduled_message_waits_on_the_thread_until_the_customer_answers(talk):
    page, person = talk("Xênia Rocha", "I will pay tomorrow")
    page.get_by_test_id("composer").fill("Did the payment work, {{firstName}}?")
    page.get_by_test_id("later").click()
    page.get_by_test_id("preset-hour").click()
    page.get_by_test_id("schedule").click()
    promised = page.get_by_test_id("promised")
    expect(promised).to_contain_text("1 scheduled message")
    expect(page.get_by_test_id("composer")).to_have_value("")
    person.write("Paid already")
    expect(promised).to_have_count(0, timeout=40_000)


def test_a_message_is_passed_on_to_another_customer(talk, customer, company):
    other = customer(company, "Wanda Reis")
    other.write("Please send me the address")
    page, _ = talk("Vera Dias", "Our address is Rua Augusta, 10")
    message = people.bubble(page, "Our address is Rua Augusta, 10")
    message.hover()
    message.locator("xpath=..").get_by_role("button", name="Forward").click()
    form = page.get_by_test_id("forward-form")
    form.get_by_label("To", exact=True).fill("Wanda")
    page.get_by_role("option", name=re.compile("Wanda Reis")).click()
    page.keyboard.press("Escape")
    page.get_by_test_id("forward-send").click()
    expect(other.bubble("Our address is Rua Augusta, 10")).to_be_visible()


def test_the_customers_score_is_on_the_ticket_and_on_the_ratings_page(stack, talk):
    page, person = talk("Ursula Melo", "It arrived!")
    people.answer(page, "Enjoy it!")
    expect(person.bubble("Enjoy it!")).to_be_visible()
    people.close(page)
    choices = person.page.get_by_test_id("phone-option")
    expect(choices).to_be_visible(timeout=30_000)  # once the close can no longer be undone
    choices.click()
    person.page.get_by_test_id("phone-row-5").click()
    score = page.get_by_test_id("ticket-score")
    expect(score).to_contain_text("5")
    page.goto(f"{stack.web}/settings/ratings")
    expect(page.get_by_test_id("summary-csat")).to_contain_text("1 of 1 answered")
    expect(page.locator("tbody tr").first).to_contain_text("Ursula Melo")
