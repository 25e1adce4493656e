"""The main job in a browser: a customer writes, an agent answers, the customer reads; for two companies at once."""

import re
import statistics
import time

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import people

pytestmark = pytest.mark.journey


def test_two_companies_talk_to_their_customers_at_the_same_time(found, admin, customer, tmp_path):
    companies = {name: found(name) for name in ("aurora", "boreal")}
    consoles = {name: admin(company) for name, company in companies.items()}
    customers = {
        "aurora": customer(companies["aurora"], "Maria Madrugada"),
        "boreal": customer(companies["boreal"], "Joana Noturna"),
    }
    for name, person in customers.items():
        person.write(f"segredo-{name}: bom dia!")
    for name, watched in consoles.items():
        people.open_waiting(watched.page, f"segredo-{name}: bom dia!")
        people.accept(watched.page)

    for name, watched in consoles.items():
        answered_with_everything(watched.page, customers[name], name, tmp_path)
    assert statistics.median(arrivals(consoles, customers)) < 1

    for name, other in (("aurora", "boreal"), ("boreal", "aurora")):
        never_meets(consoles[name], secrets_of(other, companies[other], customers[other]))
        assert f"segredo-{name}" in "\n".join(consoles[name].wire)  # the wire was really read
    for path in pictures_of(consoles["aurora"]):
        assert status_of(consoles["aurora"].page, path) == 200
        assert status_of(consoles["boreal"].page, path) == 404
    for watched in consoles.values():
        people.close(watched.page)


def answered_with_everything(page: Page, person: people.Customer, name: str, folder) -> None:
    """Text, photo and voice note arrive on the phone; ticks turn on both sides."""
    people.answer(page, f"resposta-{name}: em que posso ajudar?")
    people.expect_ticks(people.bubble(page, f"resposta-{name}"), "read")
    expect(person.bubble(f"resposta-{name}")).to_be_visible()
    expect(person.page.get_by_test_id("phone-tick").last).to_have_attribute("data-state", "read")

    bubbles = page.locator('article[data-direction="out"]')
    people.send_photo(page, people.paint(folder / f"{name}.png"))
    expect(person.page.get_by_test_id("phone-image")).to_be_visible()
    expect(bubbles.last.locator("img")).to_be_visible()
    people.expect_ticks(bubbles.last, "read")

    people.send_voice(page)
    expect(bubbles).to_have_count(3)
    person.page.get_by_test_id("phone-play").click()
    people.expect_ticks(bubbles.last, "played")


def arrivals(consoles, customers) -> list[float]:
    """How long three messages of each customer take from the phone to the open conversation."""
    seconds = []
    for turn in range(3):
        for name, person in customers.items():
            text = f"obrigada-{name}-{turn}"
            person.page.get_by_test_id("phone-input").fill(text)
            began = time.monotonic()
            person.page.get_by_test_id("phone-send").click()
            people.bubble(consoles[name].page, text).wait_for()
            seconds.append(time.monotonic() - began)
    return seconds


def secrets_of(name, company, person) -> list[str]:
    texts = [f"segredo-{name}", f"resposta-{name}", f"obrigada-{name}", f"{name}.example", f"{name}.png"]
    return [
        *texts,
        person.number,
        company.number,
        company.phone_number_id,
        "Maria" if name == "aurora" else "Joana",
    ]


def never_meets(watched, foreign: list[str]) -> None:
    """Neither on the wire nor on the screen."""
    wire = "\n".join(watched.wire)
    assert [word for word in foreign if word in wire] == []
    shown = watched.page.content()
    assert [word for word in foreign if word in shown] == []


def pictures_of(watched) -> set[str]:
    found = set(re.findall(r'/api/media/[^"\\]+', "\n".join(watched.wire)))
    assert found
    return found


def status_of(page: Page, path: str) -> int:
    return page.evaluate("path => fetch(path).then(answer => answer.status)", path)
