"""What a company says by itself, from the settings of an administrator to the phone of a customer."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.chaos.storm import PASSWORD

pytestmark = pytest.mark.journey


@pytest.fixture
def shop(found):
    """A company with two queues and an agent who answers in both."""
    made = found("acacia")
    made.call("PATCH", "company/", json={"language": "en"})
    queues = [
        made.call(
            "POST", "queues/", json={"name": name, "greeting": f"Welcome to {name}, {{{{firstName}}}}!"}
        )
        for name in ("Sales", "Support")
    ]
    person = {"name": "Ana Lima", "email": "ana@acacia.example", "role": "agent", "password": PASSWORD}
    made.call("POST", "users/", json={**person, "queues": [queue["id"] for queue in queues]})
    return made


def test_settings_of_an_administrator_answer_customers(stack, shop, admin, sign_in, customer):
    page = admin(shop).page
    make_menu(page, stack)
    use_menu(page, stack)
    maria = customer(shop, "Maria Souza")
    maria.write("hello")
    maria.bubble("Good to see you, Maria!").get_by_role("button", name="Support").click()
    expect(maria.bubble("Welcome to Support, Maria!")).to_be_visible()
    assert waiting(shop) == {"Maria Souza": ("Support", "")}

    ask_for_consent(page, stack)
    joao = customer(shop, "João Leal")
    joao.write("hi")
    agree = joao.bubble("I agree to the processing").get_by_role("button", name="Yes")
    expect(agree).to_be_visible()
    assert waiting(shop)["João Leal"] == (None, "consent")
    agree.click()
    expect(joao.bubble("Good to see you, João!")).to_be_visible()
    joao.write("Sales")
    expect(joao.bubble("Welcome to Sales, João!")).to_be_visible()

    agent = sign_in("ana@acacia.example", PASSWORD)
    agent.page.get_by_test_id("tab-waiting").click()
    agent.page.locator('[data-testid^="ticket-row-"]', has_text="João Leal").click()
    agent.page.get_by_test_id("accept").click()
    expect(agent.page.get_by_test_id("composer")).to_be_visible()
    assert not any(person.number in text for text in agent.wire for person in (maria, joao))

    close_the_shop(page, stack)
    rita = customer(shop, "Rita Dias")
    rita.write("good evening")
    expect(rita.bubble("Sorry, Rita, we are closed.")).to_be_visible()
    rita.write("anybody there?")
    expect(rita.page.get_by_test_id("phone-bubble")).to_have_count(3)


def make_menu(page: Page, stack) -> None:
    page.goto(f"{stack.web}/settings/menus")
    page.get_by_role("button", name="New menu").first.click()
    page.get_by_label("Name").fill("Front desk")
    page.get_by_role("button", name="Start from the queues").click()
    page.get_by_role("button", name="Start", exact=True).click()
    phone = page.get_by_role("log")
    expect(phone).to_contain_text("[ 1 ] - Sales")
    page.get_by_label("Answer as a customer").fill("1")
    page.get_by_role("button", name="Send").click()
    expect(phone).to_contain_text("Waits in the queue Sales")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Front desk")).to_be_visible()


def use_menu(page: Page, stack) -> None:
    page.goto(f"{stack.web}/connections")
    page.get_by_role("button", name="Edit").first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("Menu").select_option("Front desk")
    greeting = drawer.get_by_label("Greeting")
    greeting.fill("Good to see you, !")
    greeting.evaluate("field => field.setSelectionRange(17, 17)")
    drawer.get_by_role("button", name="First name").first.click()
    expect(greeting).to_have_value("Good to see you, {{firstName}}!")
    expect(drawer.get_by_text("Good to see you, Maria!")).to_be_visible()
    drawer.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def ask_for_consent(page: Page, stack) -> None:
    page.goto(f"{stack.web}/settings/privacy")
    page.get_by_label("Ask for consent").check(force=True)
    page.get_by_label("Hide phone numbers").check(force=True)
    save(page)


def close_the_shop(page: Page, stack) -> None:
    """Hours without a single shift, for the whole company."""
    page.goto(f"{stack.web}/settings/hours")
    page.get_by_role("button", name="New hours").first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("Name", exact=True).fill("Renovation")
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"):
        drawer.get_by_role("switch", name=day).uncheck(force=True)
    drawer.get_by_role("button", name="Add national holidays").click()
    expect(drawer.get_by_label("Date", exact=True)).to_have_count(12)
    expect(drawer.get_by_text("Always closed")).to_be_visible()
    drawer.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name=re.compile("Renovation"))).to_contain_text("Always closed")
    page.get_by_label("Hours count by").select_option("Company")
    page.get_by_label("Company hours").select_option("Renovation")
    expect(page.get_by_label("Company hours")).to_have_value(re.compile(r"[1-9]"))
    page.goto(f"{stack.web}/settings/messages")
    page.get_by_role("region", name="Out of hours").get_by_role("textbox").fill(
        "Sorry, {{firstName}}, we are closed."
    )
    expect(page.get_by_text("Sorry, Maria, we are closed.")).to_be_visible()
    save(page)
    page.goto(f"{stack.web}/settings/privacy")
    page.get_by_label("Ask for consent").uncheck(force=True)
    save(page)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Settings saved").first).to_be_visible()


def waiting(shop) -> dict[str, tuple[str | None, str]]:
    """Who waits, in which queue, and for what the dialogue waits."""
    rows = shop.call("GET", "tickets/?tab=waiting")["results"]
    return {
        row["contact"]["display_name"]: (row["queue"] and row["queue"]["name"], row["awaiting"])
        for row in rows
    }
