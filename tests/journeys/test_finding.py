"""Finding conversations among many: filters, views that count, the search, and acts on all that match."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.journeys import people

pytestmark = pytest.mark.journey

SAID = {
    "Bia Busca": "A encomenda não chegou em Olinda",
    "Caco Comum": "Bom dia",
    "Duda Duas": "Quero trocar de tamanho",
}
MANY = 44  # one more page than the list reads first


@pytest.fixture(scope="module")
def office(found, stack):
    """A company with three waiting customers and a tag."""
    company = found("holambra")
    for number, (name, text) in enumerate(SAID.items()):
        persona = f"551193000000{number}"
        stack.control("PUT", "personas", json={"id": persona, "name": name})
        sent = {"phone_number_id": company.phone_number_id, "type": "text", "body": text}
        stack.control("POST", f"personas/{persona}/send", json=sent)
    while len(waiting := company.call("GET", "tickets/?tab=waiting")["results"]) < len(SAID):
        time.sleep(0.1)
    company.tickets = {row["contact"]["name"]: row["id"] for row in waiting}
    company.tag = company.call("POST", "tags/", json={"name": "VIP", "color": "#0b7285"})["id"]
    return company


def tag(company, name):
    company.call("POST", f"tickets/{company.tickets[name]}/tags/", json={"tags": [company.tag]})


def test_a_filter_becomes_a_view_that_counts_by_itself(office, admin):
    tag(office, "Bia Busca")
    page = admin(office).page
    page.get_by_test_id("tab-all").click()
    expect(people.rows(page)).to_have_count(3)
    page.get_by_test_id("filters").click()
    page.get_by_test_id("add-condition").click()
    page.get_by_role("option", name="Tags", exact=True).click()
    page.get_by_role("combobox", name="Value: Tags").click()
    page.get_by_role("option", name="VIP").click()
    expect(page.get_by_test_id("filter-found")).to_have_text("1 conversation")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Done").click()
    expect(people.rows(page)).to_have_count(1)

    page.get_by_test_id("save-view").click()
    page.get_by_test_id("view-name").fill("Important ones")
    page.get_by_test_id("view-save").click()
    view = page.get_by_role("button", name=re.compile("Important ones"))
    expect(view).to_have_attribute("aria-pressed", "true")
    expect(view).to_contain_text("1 conversation")

    tag(office, "Duda Duas")
    expect(people.rows(page)).to_have_count(2)
    expect(view).to_contain_text("2 conversations", timeout=15_000)
    page.reload()
    expect(people.rows(page)).to_have_count(2)
    page.get_by_test_id("tab-all").click()
    expect(people.rows(page)).to_have_count(3)


def test_the_search_opens_the_message_that_was_meant(office, admin):
    page = admin(office).page
    page.keyboard.press("/")
    page.get_by_test_id("search-field").fill("encomenda from:bia")
    hit = page.locator('[data-testid^="hit-message"]')
    expect(hit).to_have_count(1)
    expect(hit.locator("mark")).to_have_text("encomenda")
    page.keyboard.press("Enter")
    expect(people.bubble(page, "A encomenda não chegou em Olinda")).to_be_visible()
    expect(page).to_have_url(re.compile(r"ticket=\d+&message=\d+"))


def test_everything_that_matches_is_closed_and_taken_back(office, admin):
    for number in range(MANY):
        begun = {"number": f"55119400000{number:02}", "connection": office.connection}
        office.call("POST", "tickets/", json=begun)
    page = admin(office).page
    page.get_by_test_id("tab-mine").click()
    expect(people.rows(page).first).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_test_id("bulk-size")).to_have_text("1 selected")
    page.get_by_test_id("select-shown").click()
    page.get_by_test_id("select-everything").click()
    expect(page.get_by_test_id("bulk-size")).to_have_text(f"{MANY} selected")
    page.keyboard.press("e")
    page.get_by_role("dialog").get_by_role("button", name="Close", exact=True).last.click()
    job = page.get_by_test_id("bulk-job")
    expect(job).to_have_attribute("data-state", "done", timeout=30_000)
    expect(job).to_contain_text(f"{MANY} conversations closed")
    expect(people.rows(page)).to_have_count(0)

    page.keyboard.press("z")
    expect(job).to_contain_text(f"{MANY} conversations are as they were", timeout=30_000)
    expect(people.rows(page).first).to_be_visible()
