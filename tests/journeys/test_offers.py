"""Messages with something to tap: built in the console, answered on the phone; and an agent's emoji."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.browser import Watched

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def company(found):
    return found("toque")


@pytest.fixture
def talk(company, admin, customer):
    """A conversation that was just accepted: the console and the customer's phone."""

    def begin(name: str, hello: str) -> tuple[Page, people.Customer]:
        watched: Watched = admin(company)
        person = customer(company, name)
        person.write(hello)
        people.open_waiting(watched.page, hello)
        people.accept(watched.page)
        return watched.page, person

    return begin


def test_buttons_are_built_with_their_limits_and_tapped(talk):
    page, person = talk("Nina Rocha", "When does it arrive?")
    page.get_by_test_id("composer").press("Control+Shift+X")
    builder = page.get_by_test_id("builder")
    builder.get_by_test_id("send-offer").click()
    expect(builder.get_by_text("Fill this in.")).to_have_count(3)
    builder.get_by_test_id("field-body").fill("Tomorrow morning. Is that fine?")
    builder.get_by_test_id("field-content.buttons.0.title").fill("Yes, somebody is at home")
    expect(builder.get_by_text("At most 20 characters.")).to_be_visible()
    builder.get_by_test_id("field-content.buttons.0.title").fill("Yes, please")
    builder.get_by_test_id("field-content.buttons.1.title").fill("Another day")
    preview = builder.get_by_test_id("offer-preview")
    expect(preview).to_contain_text("Tomorrow morning. Is that fine?")
    expect(preview).to_contain_text("Another day")
    builder.get_by_test_id("send-offer").click()
    sent = page.get_by_test_id("offer-buttons")
    expect(sent).to_contain_text("Another day")
    person.bubble("Tomorrow morning").get_by_role("button", name="Another day").click()
    answer = page.locator("[data-kind=button_reply]")
    expect(answer).to_contain_text("Another day")
    expect(answer).to_contain_text("Tomorrow morning. Is that fine?")


def test_buttons_are_kept_as_a_quick_reply_and_taken_with_a_slash(talk):
    page, person = talk("Rita Paz", "Do you open on Saturday?")
    page.get_by_test_id("composer").press("Control+Shift+X")
    builder = page.get_by_test_id("builder")
    builder.get_by_test_id("field-body").fill("We do. Shall we book?")
    builder.get_by_test_id("field-content.buttons.0.title").fill("Book it")
    builder.get_by_test_id("field-content.buttons.1.title").fill("Not now")
    builder.get_by_test_id("keep-offer").click()
    builder.get_by_test_id("keep-shortcut").fill("book")
    builder.get_by_test_id("keep-title").fill("Book a time")
    builder.get_by_test_id("keep-save").click()
    expect(page.get_by_text("Kept as /book")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_test_id("composer").press_sequentially("/book")
    expect(page.get_by_test_id("slash-menu").get_by_test_id("offer-buttons")).to_contain_text("Not now")
    page.get_by_test_id("composer").press("Enter")
    expect(builder.get_by_test_id("field-content.buttons.0.title")).to_have_value("Book it")
    builder.get_by_test_id("send-offer").click()
    expect(page.get_by_test_id("offer-buttons")).to_contain_text("Book it")
    person.bubble("Shall we book?").get_by_role("button", name="Book it").click()
    expect(page.locator("[data-kind=button_reply]")).to_contain_text("Book it")


def test_a_list_a_place_and_a_form_are_answered(talk):
    page, person = talk("Otto Leme", "I want an appointment")
    build(page, "list", {"body": "Which time suits you?", "content.button": "See times",
                         "content.sections.0.rows.0.title": "9 am"})  # fmt: skip
    person.bubble("Which time").get_by_role("button", name="See times").click()
    person.page.get_by_test_id("phone-row-1").click()
    expect(page.locator("[data-kind=list_reply]")).to_contain_text("9 am")
    build(page, "location_request", {"body": "Where do you live?"})
    person.bubble("Where do you live?").get_by_role("button", name="Send location").click()
    person.page.get_by_test_id("phone-location-send").click()
    expect(page.locator("[data-kind=location]")).to_contain_text("Praça da Sé")
    build(
        page, "form", {"body": "Your details, please.", "content.form_id": "812", "content.button": "Fill in"}
    )
    person.bubble("Your details").get_by_role("button", name="Fill in").click()
    person.page.get_by_test_id("phone-form-send").click()
    expect(page.locator("[data-direction=in]").last).to_contain_text(
        re.compile("Maria Clara|maria@example.com")
    )


def test_an_agent_reacts_and_takes_it_back(talk):
    page, person = talk("Pia Sena", "It arrived, thank you!")
    bubble = page.locator("[data-message]", has_text="It arrived")
    bubble.hover()
    react(page, "🎉")
    expect(bubble.get_by_role("img")).to_contain_text("🎉")
    expect(person.page.get_by_test_id("phone-reactions")).to_contain_text("🎉")
    react(page, "🎉")
    expect(person.page.get_by_test_id("phone-reactions")).to_have_count(0)
    expect(bubble.get_by_role("img")).to_have_count(0)


def build(page: Page, kind: str, fields: dict[str, str]) -> None:
    page.get_by_test_id("interactive").click()
    builder = page.get_by_test_id("builder")
    builder.get_by_test_id(f"kind-{kind}").click()
    for place, words in fields.items():
        builder.get_by_test_id(f"field-{place}").fill(words)
    builder.get_by_test_id("send-offer").click()
    expect(builder).to_be_hidden()


def react(page: Page, emoji: str) -> None:
    """With the keyboard, from the tool beside the bubble."""
    page.locator("[data-testid^=react-]").first.press("Enter")
    strip = page.get_by_test_id("emoji-strip")
    expect(strip).to_be_visible()
    while not strip.get_by_label(emoji).evaluate("one => one === document.activeElement"):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
