"""Numbers come through Meta's window: a new one, one that somebody cancels, and one that stays in its phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.stack import SIGNUP

pytestmark = pytest.mark.journey


@pytest.fixture
def connections(stack, found, admin, request):
    """An administrator looks at the numbers; Meta knows the platform's app."""
    stack.control("PUT", "apps", json=SIGNUP)
    page = admin(found(re.sub("[^a-z]", "", request.node.name)[-20:])).page
    page.locator('nav a[data-place="/connections"]').click()
    page.get_by_role("heading", level=1, name="Connections").wait_for()  # not the one that is being left
    return page


def open_window(page: Page, kind: str) -> Page:
    page.locator("main header button").first.click()
    page.get_by_test_id(f"connect-{kind}").click()
    with page.expect_popup() as popup:
        page.get_by_test_id("open-signup").click()
    return popup.value


def choose(window: Page, number: str, name: str) -> None:
    window.get_by_label("Phone number").fill(number)
    window.get_by_label("Display name").fill(name)
    window.get_by_test_id("signup-continue").click()


def test_a_number_is_connected_in_metas_window(connections):
    choose(open_window(connections, "meta"), "+55 11 97000-0001", "Empório Lua")
    drawer = connections.get_by_role("dialog")
    expect(drawer.get_by_text("Empório Lua connected")).to_be_visible()
    expect(drawer.get_by_test_id("step-subscribed")).to_have_attribute("data-state", "ok")
    expect(drawer.get_by_test_id("step-registered")).to_have_attribute("data-state", "ok")
    expect(drawer.get_by_test_id("new-pin")).to_have_text(re.compile("[0-9]{6}"))


def test_closing_metas_window_is_explained_and_can_be_tried_again(connections):
    open_window(connections, "meta").get_by_role("button", name="Cancel").click()
    expect(connections.get_by_role("alert")).to_contain_text("Nothing was connected")
    with connections.expect_popup() as popup:
        connections.get_by_test_id("open-signup").click()
    popup.value.get_by_role("button", name="Report an error").click()
    expect(connections.get_by_role("alert")).to_contain_text("cannot add more numbers")


def test_a_number_that_stays_in_its_phone_brings_its_chats(stack, connections, open_page):
    line = {"phone_number_id": "17000000000099", "waba_id": "27000000000099"}
    number = {"display_phone_number": "+55 11 97000-0099", "verified_name": "Floricultura Íris"}
    stack.control("PUT", "numbers", json={**line, **number})
    chat = [{"body": "Tem girassol?", "days_ago": 30}, {"body": "Tem sim!", "days_ago": 30, "from_me": True}]
    past = {"threads": [{"persona": "5511970001234", "name": "Teresa", "messages": chat}]}
    stack.control("POST", "owner/17000000000099/history", json=past)
    choose(open_window(connections, "phone"), "+55 11 97000-0099", "Floricultura Íris")
    connections.get_by_role("button", name="Continue").click()
    connections.keyboard.press("Escape")
    expect(connections.get_by_test_id("phone-history")).to_have_attribute("data-state", "done")
    expect(connections.get_by_test_id("phone-history")).to_contain_text("2 messages")
    phone = open_page("/phone/owner/17000000000099", base=stack.emulator).page
    phone.get_by_label("To").fill("5511970001234")
    phone.get_by_label("Message", exact=True).fill("Chegaram rosas")
    phone.get_by_test_id("owner-send").click()
    expect(phone.get_by_label("Messages").get_by_text("Chegaram rosas")).to_be_visible()
    connections.locator('nav a[data-place="/inbox"]').click()
    connections.get_by_test_id("tab-all").click()
    expect(connections.get_by_text("Chegaram rosas").first).to_be_visible()
