"""An agent's whole day with the keyboard alone, in at least sixty steps."""

import pytest
from playwright.sync_api import Page, expect

from tests.chaos.storm import PASSWORD
from tests.journeys.keys import Hands
from tests.journeys.people import bubble, expect_ticks, rows

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def office(found):
    """A company with two queues, two people, a tag, a quick reply and a macro."""
    made = found("jornada")
    sales = made.call("POST", "queues/", json={"name": "Vendas", "color": "#0b7285"})["id"]
    support = made.call("POST", "queues/", json={"name": "Suporte", "color": "#1d4ed8"})["id"]
    for name, role, queues in (("Lia Prado", "agent", [sales, support]), ("Rui Moraes", "agent", [support])):
        email = f"{name.split()[0].lower()}@jornada.example"
        person = {"name": name, "email": email, "role": role, "queues": queues, "password": PASSWORD}
        made.call("POST", "users/", json=person)
    made.call("PATCH", f"connections/{made.connection}/", json={"queue": sales})
    tag = made.call("POST", "tags/", json={"name": "VIP", "color": "#b45309"})["id"]
    reply = {"title": "Prazo", "shortcut": "prazo", "body": "Entregamos em 3 dias, {{firstName}}."}
    made.call("POST", "quick-replies/", json={**reply, "is_shared": True})
    steps = [{"kind": "add_tags", "tags": [tag]}, {"kind": "note", "body": "Cliente pediu urgência"}]
    made.call("POST", "macros/", json={"name": "Marcar urgente", "steps": steps, "is_shared": True})
    return made


@pytest.fixture
def page(open_page):
    return open_page("/login", language="pt-BR").page


def test_an_agents_day_without_the_mouse(office, page, customer):
    maria, joao = customer(office, "Maria Luz"), customer(office, "João Brito")
    maria.write("Bom dia, quando chega?")
    hands = Hands(page)
    page.reload()
    arrive(page, hands)
    take_and_answer(page, hands, maria)
    mark(page, hands)
    put_aside_and_change_ones_mind(page, hands)
    hand_over_and_change_ones_mind(page, hands)
    joao.write("Oi, preciso de ajuda")
    serve_the_next_one(page, hands, joao)
    finish(page, hands)
    leave(page, hands)
    hands.expect_no_pointer()
    assert hands.steps >= 60


def arrive(page: Page, hands: Hands) -> None:
    expect(page.locator('input[type="email"]')).to_be_focused()
    hands.type("lia@jornada.example")
    hands.press("Tab")
    hands.type(PASSWORD)
    hands.press("Enter")
    expect(page.get_by_test_id("tab-mine")).to_be_visible()
    hands.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    hands.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def take_and_answer(page: Page, hands: Hands, maria) -> None:
    """Accept, answer by hand and by a quick reply, leave a note."""
    hands.press("2")
    expect(rows(page)).to_have_count(1)
    hands.press("j", "Enter")
    expect(bubble(page, "quando chega")).to_be_visible()
    hands.press("i")
    expect(page.get_by_test_id("composer")).to_be_focused()
    hands.type("Bom dia, Maria! Já verifico.")
    hands.press("Enter")
    expect_ticks(bubble(page, "Já verifico"), "read")
    hands.type("/pra")
    expect(page.get_by_test_id("slash-menu")).to_contain_text("Entregamos em 3 dias")
    hands.press("Enter")
    expect(page.get_by_test_id("composer")).to_have_value("Entregamos em 3 dias, Maria.")
    hands.press("Enter")
    expect(maria.bubble("Entregamos em 3 dias, Maria.")).to_be_visible()
    hands.let_go()
    hands.press("n")
    expect(page.get_by_test_id("composer")).to_be_focused()
    hands.type("Pedido 1042 @Ru")
    expect(page.get_by_role("option", name="Rui Moraes")).to_be_visible()
    hands.press("Enter")
    expect(page.get_by_test_id("composer")).to_have_value("Pedido 1042 @Rui Moraes ")
    hands.type("pode olhar?")
    hands.press("Enter")
    expect(bubble(page, "pode olhar?")).to_have_attribute("data-direction", "internal")
    hands.let_go()


def mark(page: Page, hands: Hands) -> None:
    """Priority, tags, people, pin, a macro, and the contact beside the thread."""
    hands.press("p")
    hands.pick("Alta")
    expect(page.get_by_role("dialog")).to_have_count(0)
    hands.press("l")
    hands.pick("VIP")
    expect(page.get_by_role("option", name="VIP")).to_have_attribute("aria-selected", "true")
    hands.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    hands.press("z")
    expect(page.get_by_text("Desfeito").first).to_be_visible()
    hands.press("w")
    hands.pick("Admin")
    expect(page.get_by_role("option", name="Admin")).to_have_attribute("aria-selected", "true")
    hands.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    hands.press("b")
    was_shown = page.get_by_test_id("contact-panel").count()
    hands.press("d")
    expect(page.get_by_test_id("contact-panel")).to_have_count(1 - was_shown)
    hands.press("d")
    expect(page.get_by_test_id("contact-panel")).to_have_count(was_shown)


def put_aside_and_change_ones_mind(page: Page, hands: Hands) -> None:
    hands.press("s")
    hands.pick("Amanhã")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_test_id("undo")).to_be_visible()
    hands.press("z")
    expect(page.get_by_test_id("undo")).to_have_count(0)


def hand_over_and_change_ones_mind(page: Page, hands: Hands) -> None:
    hands.press("t")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("combobox")).to_be_focused()
    hands.type("Sup")
    expect(page.get_by_role("option")).to_have_count(1)
    hands.press("ArrowDown", "Enter")
    expect(dialog.get_by_role("combobox")).to_have_value("Suporte")
    hands.press("Tab")
    hands.type("Cliente com pressa")
    hands.reach(page.get_by_test_id("transfer-confirm"))
    hands.press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.get_by_test_id("undo")).to_be_visible()
    hands.press("z")
    expect(page.get_by_text("Desfeito").first).to_be_visible()
    expect(page.get_by_test_id("composer")).to_be_visible()


def serve_the_next_one(page: Page, hands: Hands, joao) -> None:
    hands.press("Escape", "2")
    expect(rows(page)).to_have_count(1)
    hands.press("j", "Enter")
    expect(bubble(page, "preciso de ajuda")).to_be_visible()
    hands.press("i")
    expect(page.get_by_test_id("composer")).to_be_focused()
    hands.type("Olá, João!")
    hands.press("Enter")
    expect(joao.bubble("Olá, João!")).to_be_visible()
    hands.let_go()


def finish(page: Page, hands: Hands) -> None:
    """Close, take it back, close, reopen, close."""
    hands.press("e")
    expect(page.get_by_test_id("undo")).to_be_visible()
    hands.press("z")
    expect(page.get_by_text("Desfeito").first).to_be_visible()
    expect(page.get_by_test_id("close")).to_be_visible()
    hands.press("e")
    expect(page.get_by_test_id("reopen")).to_be_visible()
    hands.press("o")
    hands.let_go()
    hands.press("e")
    expect(page.get_by_test_id("reopen")).to_be_visible()


def leave(page: Page, hands: Hands) -> None:
    """A look around, then out."""
    hands.press("Escape", "g", "c")
    expect(page.get_by_role("heading", level=1, name="Contatos")).to_be_visible()
    hands.press("g", "i")
    expect(page.get_by_test_id("tab-mine")).to_be_visible()
    hands.command("Sair")
    expect(page.locator('input[type="email"]')).to_be_visible()
