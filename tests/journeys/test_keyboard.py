"""An agent who never touches the mouse."""

import pytest
from playwright.sync_api import Page, expect

from tests.chaos.storm import PASSWORD
from tests.journeys import people

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def company(found):
    return found("dorval")


def test_a_day_without_the_mouse(company, open_page, customer):
    """Sign in, take the waiting conversation, answer, note, close; every step by key."""
    person = customer(company, "Tecla Dias")
    person.write("teclado, por favor")
    page = open_page("/login").page
    keys = page.keyboard
    expect(page.locator('input[type="email"]')).to_be_focused()
    keys.type(people.email_of(company))
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    expect(page.get_by_test_id("tab-mine")).to_be_visible()

    keys.press("2")
    expect(page.get_by_test_id("tab-waiting")).to_have_attribute("aria-selected", "true")
    expect(people.rows(page)).to_have_count(1)
    keys.press("j")
    expect(people.rows(page)).to_be_focused()
    keys.press("Enter")
    expect(people.bubble(page, "teclado, por favor")).to_be_visible()
    keys.press("i")
    expect(page.get_by_test_id("composer")).to_be_focused()
    keys.type("respondido sem mouse")
    keys.press("Enter")
    people.expect_ticks(people.bubble(page, "respondido sem mouse"), "read")
    expect(person.bubble("respondido sem mouse")).to_be_visible()

    keys.press("Escape")
    keys.press("n")
    expect(page.get_by_test_id("composer")).to_be_focused()
    keys.type("cliente prefere teclado")
    keys.press("Enter")
    expect(people.bubble(page, "cliente prefere teclado")).to_have_attribute("data-direction", "internal")
    expect(person.bubble("cliente prefere teclado")).to_have_count(0)

    keys.press("Escape")
    keys.press("e")
    expect(page.get_by_test_id("reopen")).to_be_visible()
    expect(page.get_by_test_id("tab-mine")).to_be_visible()


def test_enter_presses_the_button_that_has_the_focus(company, admin, customer):
    """Enter opens a conversation from the list, but on a button it is that button's."""
    person = customer(company, "Enzo Enter")
    person.write("enter no botao")
    page = admin(company).page
    people.open_waiting(page, "enter no botao")
    page.get_by_test_id("accept").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("composer")).to_be_focused()
    page.get_by_test_id("close").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("reopen")).to_be_visible()


def test_the_palette_and_the_sheet_open_and_close_by_key(company, admin):
    page = admin(company).page
    page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog", name="Command palette")
    expect(palette.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("queues")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Queues")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    go(page, "g", "c")
    expect(page.get_by_role("heading", level=1, name="Contacts")).to_be_visible()


def test_the_palette_finds_a_conversation_by_number_and_a_contact_by_name(company, admin, customer):
    customer(company, "Paula Paleta").write("procura-se")
    page = admin(company).page
    people.open_waiting(page, "procura-se")
    [ticket] = company.call("GET", "tickets/?tab=waiting&search=Paleta")["results"]
    page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog", name="Command palette")
    palette.get_by_role("textbox").fill(f"#{ticket['number']}")
    expect(palette.locator("[data-selected]")).to_contain_text("Paula Paleta")
    page.keyboard.press("Enter")
    expect(palette).to_have_count(0)
    expect(people.bubble(page, "procura-se")).to_be_visible()
    page.keyboard.press("Control+k")
    palette.get_by_role("textbox").fill("paula")
    found = palette.get_by_role("button", name="Paula Paleta")
    expect(found).to_have_count(2)  # the conversation, then the contact
    expect(found.first).to_have_attribute("data-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(found.last).to_have_attribute("data-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Paula Paleta")).to_be_visible()


def go(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.parametrize("key", ["/", "Control+k", "?"])
def test_what_lies_over_a_screen_goes_when_people_leave_it(company, admin, key):
    page = admin(company).page
    contacts = page.get_by_role("heading", level=1, name="Contacts")
    page.keyboard.press("g")
    page.keyboard.press("c")
    expect(contacts).to_be_visible()
    page.go_back()
    for _ in range(2):  # what was left open may neither stay nor keep from opening it again
        expect(page.get_by_test_id("tab-waiting")).to_be_visible()
        page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_be_visible()
        page.go_forward()
        expect(contacts).to_be_visible()
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.go_back()
