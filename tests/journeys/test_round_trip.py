"""The main job in a browser: a customer writes, an agent answers, the customer reads; for two companies at once."""

import struct
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.chaos.storm import PASSWORD, Company

pytestmark = pytest.mark.journey


def png(path: Path) -> Path:
    """A small picture, made here."""
    size = 64
    rows = b"".join(
        b"\0" + bytes((x * 4, y * 4, 120)[:3][i] for x in range(size) for i in range(3)) for y in range(size)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
    return path


class Customer:
    """A person on the phone page."""

    def __init__(self, page: Page, company: Company) -> None:
        self.page = page
        self.company = company

    def open_chat(self) -> None:
        self.page.get_by_test_id(f"business-{self.company.phone_number_id}").click()

    def write(self, text: str) -> None:
        self.page.get_by_test_id("phone-input").fill(text)
        self.page.get_by_test_id("phone-send").click()


def customer(open_page, stack, company, number, name) -> Customer:
    stack.control("PUT", "personas", json={"id": number, "name": name})
    watched = open_page(f"/phone/{number}", base=stack.emulator)
    person = Customer(watched.page, company)
    person.open_chat()
    return person


def admin_of(company):
    return f"admin@{company.name}.example", PASSWORD


def accept_first(page: Page) -> None:
    page.get_by_test_id("tab-waiting").click()
    page.locator('[data-testid^="ticket-row-"]').first.click()
    page.get_by_test_id("accept").click()
    expect(page.get_by_test_id("close")).to_be_visible()


def answer(page: Page, text: str) -> None:
    page.get_by_test_id("composer").fill(text)
    page.get_by_test_id("send").click()


def test_two_companies_talk_to_their_customers_at_the_same_time(
    stack, open_page, sign_in, alpha, beta, tmp_path
):
    consoles = {company.name: sign_in(*admin_of(company)) for company in (alpha, beta)}
    people = {
        "alpha": customer(open_page, stack, alpha, "5511910000001", "Maria de Alpha"),
        "beta": customer(open_page, stack, beta, "5511910000002", "Joana de Beta"),
    }

    for name, person in people.items():
        person.write(f"segredo-{name}: bom dia!")
    for name, watched in consoles.items():
        watched.page.get_by_test_id("tab-waiting").click()
        expect(watched.page.get_by_text(f"segredo-{name}: bom dia!").first).to_be_visible(timeout=5000)

    for name, watched in consoles.items():
        page = watched.page
        accept_first(page)
        answer(page, f"resposta-{name}: em que posso ajudar?")
        bubble = people[name].page.get_by_text(f"resposta-{name}: em que posso ajudar?")
        expect(bubble.first).to_be_visible()
        ticks = page.locator('[data-testid^="ticks-"]').last
        expect(ticks).to_have_attribute("data-state", "read", timeout=10_000)

    for name, watched in consoles.items():
        send_photo(watched.page, png(tmp_path / f"{name}.png"))
        expect(people[name].page.get_by_test_id("phone-image").first).to_be_visible()
        send_voice(watched.page)
        expect(people[name].page.get_by_test_id("phone-voice").first).to_be_visible(timeout=20_000)

    for name, person in people.items():
        person.write(f"obrigada-{name}")
        expect(consoles[name].page.get_by_text(f"obrigada-{name}").first).to_be_visible(timeout=5000)
        expect(person.page.get_by_test_id("phone-tick").last).to_be_visible()

    for name, other in (("alpha", "beta"), ("beta", "alpha")):
        foreign = [
            f"segredo-{other}",
            f"resposta-{other}",
            f"obrigada-{other}",
            "Joana" if other == "beta" else "Maria",
        ]
        wire = "\n".join(consoles[name].wire)
        assert f"segredo-{name}" in wire  # the wire was really read
        assert [word for word in foreign if word in wire] == []
        shown = consoles[name].page.content()
        assert [word for word in foreign if word in shown] == []

    for watched in consoles.values():
        watched.page.get_by_test_id("close").click()
        expect(watched.page.get_by_test_id("reopen")).to_be_visible()


def send_photo(page: Page, picture: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_test_id("attach").click()
    chooser.value.set_files(str(picture))
    page.get_by_test_id("send").click()
    expect(page.locator('[data-testid^="bubble-"] img').last).to_be_visible()


def send_voice(page: Page) -> None:
    page.get_by_test_id("record").click()
    page.wait_for_timeout(1500)  # the length of the recording, not a wait for luck
    page.get_by_test_id("record-send").click()


def test_a_conversation_survives_a_dead_socket(stack, open_page, sign_in, alpha):
    """The sockets process dies; what was missed is there when it is back, and nothing twice."""
    person = customer(open_page, stack, alpha, "5511910000003", "Rita")
    person.write("antes da queda")
    watched = sign_in(*admin_of(alpha))
    page = watched.page
    page.get_by_test_id("tab-waiting").click()
    page.get_by_text("antes da queda").first.click()
    stack.kill("sockets")
    person.write("durante a queda")
    stack.look()
    expect(page.get_by_text("durante a queda").first).to_be_visible(timeout=30_000)
    bubbles = page.locator('[data-testid^="bubble-"]', has_text="durante a queda")
    expect(bubbles).to_have_count(1)
