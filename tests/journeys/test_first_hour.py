"""A new company's first hour: from the sign-up page to the first answered customer."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from tests.chaos.storm import PASSWORD
from tests.journeys import people

pytestmark = pytest.mark.journey

LINE = {"phone_number_id": "15511400090001", "waba_id": "25511400090001", "app_id": "35511400090001"}
SECRETS = {"app_secret": "first-hour-secret", "access_token": "first-hour-token"}


def test_the_first_hour(stack, open_page, customer):
    page = open_page("/signup").page
    sign_up(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fernanda")
    expect(done(page)).to_have_count(1)

    follow(page, "Create the first queue")
    add_queue(page)
    follow(page, "Invite who answers")
    add_agent(page)
    follow(page, "Connect a WhatsApp number")
    stack.control("PUT", "numbers", json={**LINE, **SECRETS, **about()})
    connect(page)
    tell_meta(stack, page)
    page.get_by_role("dialog").get_by_role("button", name="Check connection").click()
    expect(page.get_by_text("All good")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Connected", exact=True)).to_be_visible()
    go_to(page, "/welcome")
    expect(done(page)).to_have_count(4)

    person = customer(SimpleNamespace(**LINE), "Primeira Cliente")
    person.write("primeira mensagem")
    expect(done(page)).to_have_count(5)
    page.get_by_role("link", name="Go to the inbox").click()
    people.open_waiting(page, "primeira mensagem")
    people.accept(page)
    people.answer(page, "primeira resposta")
    people.expect_ticks(people.bubble(page, "primeira resposta"), "read")
    expect(person.bubble("primeira resposta")).to_be_visible()


def sign_up(page: Page) -> None:
    page.get_by_label("Company").fill("Padaria Estrela")
    page.get_by_label("Your name").fill("Fernanda Souza")
    page.locator('input[type="email"]').fill("fernanda@estrela.example")
    page.locator('input[autocomplete="new-password"]').fill(PASSWORD)
    page.locator('button[type="submit"]').click()


def done(page: Page):
    return page.locator("li[data-done]")


def go_to(page: Page, place: str) -> None:
    page.locator(f'nav a[data-place="{place}"]').click()


def follow(page: Page, step: str) -> None:
    if not page.url.endswith("/welcome"):
        go_to(page, "/welcome")
    page.get_by_role("link", name=step).click()


def add_queue(page: Page) -> None:
    page.get_by_role("button", name="New queue").first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("Name").fill("Balcão")
    drawer.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("Balcão").first).to_be_visible()


def add_agent(page: Page) -> None:
    page.get_by_role("button", name="New person").first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("Name").fill("Igor Lima")
    drawer.get_by_label("Email").fill("igor@estrela.example")
    drawer.locator('input[autocomplete="new-password"]').fill(PASSWORD)
    drawer.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("igor@estrela.example")).to_be_visible()


def connect(page: Page) -> None:
    page.get_by_role("button", name="Connect a number").first.click()
    page.get_by_test_id("connect-paste").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("Name", exact=True).fill("Loja")
    labels = {
        "Phone number ID": LINE["phone_number_id"],
        "WhatsApp Business account ID": LINE["waba_id"],
        "App ID": LINE["app_id"],
        "App secret": SECRETS["app_secret"],
        "Permanent access token": SECRETS["access_token"],
    }
    for label, value in labels.items():
        drawer.get_by_label(label, exact=True).fill(value)
    drawer.get_by_role("button", name="Save").click()


def tell_meta(stack, page: Page) -> None:
    """Paste the two values shown into Meta's page, which asks the address whether it is ours."""
    expect(page.get_by_role("dialog").get_by_text("Callback URL")).to_be_visible()
    url, token = page.get_by_role("dialog").locator("code").all_inner_texts()
    hook = {**LINE, "callback_url": url, "verify_token": token}
    stack.control("PUT", "numbers", json=hook)
    answer = stack.control("POST", f"numbers/{LINE['phone_number_id']}/verify")
    assert answer["ok"], answer


def about() -> dict[str, str]:
    return {
        "display_phone_number": "+5511400090001", "verified_name": "Padaria Estrela", "verify_token": "unknown yet",
    }  # fmt: skip
