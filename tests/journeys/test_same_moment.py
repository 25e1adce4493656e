"""Two agents press accept at the same moment: one gets the conversation, the other is told."""

import pytest
from playwright.sync_api import expect

from tests.chaos.storm import PASSWORD
from tests.journeys import people

pytestmark = pytest.mark.journey


def test_one_wins_and_the_other_is_told(found, admin, sign_in, customer):
    company = found("eldorado")
    queue = company.call("POST", "queues/", json={"name": "Vendas", "color": "#0b7285"})["id"]
    company.call("PATCH", f"connections/{company.connection}/", json={"queue": queue})
    for name in ("ana", "bia"):
        person = {
            "name": name.title(),
            "email": f"{name}@eldorado.example",
            "role": "agent",
            "queues": [queue],
        }
        company.call("POST", "users/", json={**person, "password": PASSWORD})
    ana, bia = (sign_in(f"{name}@eldorado.example", PASSWORD, language="en").page for name in ("ana", "bia"))
    customer(company, "Disputada Souza").write("quem atende?")
    for page in (ana, bia):
        people.open_waiting(page, "quem atende?")

    held = []
    bia.route("**/accept/", lambda route: held.append(route))  # on its way while the other one arrives
    bia.get_by_test_id("accept").click()
    people.accept(ana)
    held[0].continue_()

    expect(bia.get_by_role("alert").get_by_text("Outra pessoa já assumiu")).to_be_visible()
    expect(bia.get_by_test_id("composer")).to_have_count(0)
    expect(people.rows(bia)).to_have_count(0)
    people.answer(ana, "eu atendo")
    people.expect_ticks(people.bubble(ana, "eu atendo"), "read")
