"""What agents do with a conversation beside talking, as they see it: put aside, close, merge, share, take back."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.chaos.storm import PASSWORD
from tests.journeys import people

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def office(found):
    """A company with one queue, in which Ana works."""
    company = found("guarapari")
    company.queue = company.call("POST", "queues/", json={"name": "Vendas", "color": "#0b7285"})["id"]
    company.call("PATCH", f"connections/{company.connection}/", json={"queue": company.queue})
    ana = {"name": "Ana", "email": "ana@guarapari.example", "role": "agent", "queues": [company.queue]}
    company.call("POST", "users/", json={**ana, "password": PASSWORD})
    return company


@pytest.fixture
def ana(office, sign_in):
    """Sits down at another device each time."""
    return lambda: sign_in("ana@guarapari.example", PASSWORD, language="en").page


def begin(page: Page, person: Any, text: str) -> int:
    """Ana's conversation with this customer; its id."""
    person.write(text)
    people.open_waiting(page, text)
    people.accept(page)
    return int(re.search(r"ticket=(\d+)", page.url).group(1))


def act(page: Page, key: str) -> None:
    """A single letter works while nobody is typing."""
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(key)


def test_what_was_put_aside_leaves_the_list_and_comes_back(office, ana, customer):
    page = ana()
    ticket = begin(page, customer(office, "Paula Soneca"), "pode ser amanha?")
    row = page.get_by_test_id(f"ticket-row-{ticket}")
    page.get_by_test_id("ticket-menu").click()
    page.get_by_test_id("menu-snooze").click()
    page.get_by_test_id("option-tomorrow").click()
    expect(row).to_have_count(0)
    page.get_by_test_id("undo").click()
    expect(row).to_be_visible()

    act(page, "s")
    page.get_by_test_id("option-reply").click()
    expect(row).to_have_count(0)
    act(page, "z")
    expect(row).to_be_visible()


def test_closing_asks_for_what_the_company_wants_to_know(office, ana, customer):
    page = ana()
    begin(page, customer(office, "Caio Completo"), "fechou?")
    field = {"on": "ticket", "label": "Motivo", "required_to_close": True}
    kept = office.call("POST", "fields/", json=field)["id"]
    try:
        page.get_by_test_id("close").click()
        dialog = page.get_by_role("dialog")
        expect(page.get_by_test_id("closing-confirm")).to_be_disabled()
        dialog.get_by_label("Motivo").fill("Compra")
        page.get_by_test_id("closing-confirm").click()
        expect(page.get_by_test_id("reopen")).to_be_visible()
    finally:
        office.call("DELETE", f"fields/{kept}/")
    page.get_by_test_id("undo").click()
    expect(page.get_by_test_id("composer")).to_be_visible()


def test_two_conversations_become_one(office, ana, customer):
    page = ana()
    into = begin(page, customer(office, "Irene Inteira"), "primeira parte")
    ticket = begin(page, customer(office, "Irene Celular"), "segunda parte")
    act(page, "f")
    page.get_by_role("dialog").get_by_role("combobox").fill("inteira")
    page.get_by_test_id(f"option-{into}").click()
    sure = page.get_by_role("dialog").last
    expect(sure.get_by_text("primeira parte")).to_be_visible()
    sure.get_by_role("button").last.click()
    expect(page).to_have_url(re.compile(rf"ticket={into}\b"))
    expect(people.bubble(page, "segunda parte")).to_be_visible()
    expect(people.bubble(page, "primeira parte")).to_be_visible()
    expect(page.get_by_test_id(f"ticket-row-{ticket}")).to_have_count(0)


def test_a_colleague_sees_who_is_answering_and_takes_over(office, ana, admin, customer):
    page = ana()
    person = customer(office, "Tomas Disputado")
    ticket = begin(page, person, "quem me responde?")
    boss = admin(office).page
    boss.goto(f"{boss.url.split('/inbox')[0]}/inbox?tab=all&ticket={ticket}")
    expect(boss.get_by_test_id("viewers")).to_contain_text("Ana")
    page.get_by_test_id("composer").press_sequentially("deixa comigo")
    expect(boss.get_by_test_id("answering")).to_contain_text("Ana")

    people.answer(boss, "respondo eu")
    waiting = boss.locator('[data-testid^="failure-"]')
    expect(waiting).to_contain_text("Ana")
    expect(person.bubble("respondo eu")).to_have_count(0)

    boss.get_by_test_id("take-over").click()
    expect(boss.get_by_test_id("answering")).to_have_count(0)
    expect(page.get_by_test_id("answering")).to_be_visible()
    waiting.get_by_role("button").first.click()
    expect(person.bubble("respondo eu")).to_be_visible()


def test_a_message_is_taken_back_before_it_leaves(office, ana, customer):
    page = ana()
    person = customer(office, "Rita Rapida")
    begin(page, person, "me manda o preco?")
    office.call("PATCH", "company/settings/", json={"undo_send_seconds": 10})
    try:
        people.answer(page, "custa 900")
        page.locator('[data-testid^="hold-"]').click()
        expect(page.get_by_test_id("composer")).to_have_value("custa 900")
    finally:
        office.call("PATCH", "company/settings/", json={"undo_send_seconds": 0})
    people.answer(page, "custa 90")
    expect(person.bubble("custa 90")).to_be_visible()
    expect(person.bubble("custa 900")).to_have_count(0)


def test_an_answer_goes_on_at_another_device(office, ana, customer):
    desk = ana()
    ticket = begin(desk, customer(office, "Davi Rascunho"), "e o prazo?")
    with desk.expect_response(re.compile(rf"tickets/{ticket}/draft/")):
        desk.get_by_test_id("composer").fill("O prazo e de cinco")
    phone = ana()
    phone.get_by_test_id("tab-mine").click()
    expect(phone.get_by_test_id(f"draft-{ticket}")).to_contain_text("O prazo e de cinco")
    phone.get_by_test_id(f"ticket-row-{ticket}").click()
    expect(phone.get_by_test_id("composer")).to_have_value("O prazo e de cinco")
    people.answer(phone, "O prazo e de cinco dias.")
    expect(desk.get_by_test_id("composer")).to_have_value("")


def test_who_is_named_in_a_note_is_told_and_may_look(office, ana, sign_in, customer):
    bia = {"name": "Bia Prado", "email": "bia@guarapari.example", "role": "agent", "queues": []}
    office.call("POST", "users/", json={**bia, "password": PASSWORD})
    page = ana()
    ticket = begin(page, customer(office, "Nina Nota"), "voces trocam?")
    colleague = sign_in("bia@guarapari.example", PASSWORD, language="en").page
    act(page, "n")
    page.get_by_test_id("composer").press_sequentially("@bi")
    page.keyboard.press("Enter")
    page.get_by_test_id("composer").press_sequentially("pode trocar?")
    page.keyboard.press("Enter")
    expect(people.bubble(page, "@Bia Prado pode trocar?")).to_be_visible()
    colleague.locator("button[aria-haspopup=dialog]").first.click()
    colleague.get_by_text("pode trocar?").first.click()
    expect(colleague).to_have_url(re.compile(rf"ticket={ticket}\b"))
    expect(people.bubble(colleague, "voces trocam?")).to_be_visible()


def test_a_number_leads_to_the_conversation(office, ana, customer):
    page = ana()
    ticket = begin(page, customer(office, "Lino Link"), "qual o protocolo?")
    act(page, "y")
    link = page.evaluate("navigator.clipboard.readText()")
    assert re.search(r"/t/\d+$", link)
    page.goto(link)
    expect(page).to_have_url(re.compile(rf"ticket={ticket}\b"))
