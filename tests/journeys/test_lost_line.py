"""The line to the server is lost: nothing is missed, nothing is sent twice, and the agent is told."""

import pytest
from playwright.sync_api import expect

from tests.journeys import people

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def company(found):
    return found("campina")


def test_a_conversation_survives_a_dead_socket(stack, company, admin, customer):
    """The sockets process dies; what was missed is there when it is back, and nothing twice."""
    person = customer(company, "Rita Queda")
    person.write("antes da queda")
    watched = admin(company)
    watched.may_lose_line = True
    page = watched.page
    people.open_waiting(page, "antes da queda")
    stack.kill("sockets")
    person.write("durante a queda")
    expect(page.get_by_role("status").get_by_text("connection")).to_be_visible()
    stack.look()
    expect(people.bubble(page, "durante a queda")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("status").get_by_text("connection")).to_be_hidden()
    person.write("depois da queda")
    expect(people.bubble(page, "depois da queda")).to_be_visible()
    expect(people.bubble(page, "da queda")).to_have_count(2)
    expect(people.bubble(page, "durante a queda")).to_have_count(1)


def test_what_is_written_offline_goes_out_once_and_in_order(company, admin, customer):
    person = customer(company, "Otto Linha")
    person.write("alguem ai?")
    watched = admin(company)
    watched.may_lose_line = True
    page = watched.page
    people.open_waiting(page, "alguem ai?")
    people.accept(page)
    page.context.set_offline(True)
    for text in ("primeira", "segunda", "terceira"):
        people.answer(page, text)
        people.expect_ticks(people.bubble(page, text), "queued")
    page.get_by_role("button", name="Transfer").click()  # opened for the first time, so it has to be fetched
    page.context.set_offline(False)
    for text in ("primeira", "segunda", "terceira"):
        people.expect_ticks(people.bubble(page, text), "read")
    expect(page.get_by_role("dialog", name="Transfer")).to_be_visible()
    ours = person.page.locator('[data-testid="phone-bubble"][data-side="theirs"]')
    expect(ours).to_contain_text(["primeira", "segunda", "terceira"])
    expect(ours).to_have_count(3)
