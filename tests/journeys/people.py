"""What people do: customers on the phone page, agents in the console."""

import struct
import zlib
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.chaos.storm import Company


class Customer:
    """A person with one chat open on the phone page."""

    def __init__(self, page: Page, phone_number_id: str, number: str) -> None:
        self.page = page
        self.number = number
        page.get_by_test_id(f"business-{phone_number_id}").click()

    def write(self, text: str) -> None:
        self.page.get_by_test_id("phone-input").fill(text)
        self.page.get_by_test_id("phone-send").click()

    def bubble(self, text: str) -> Locator:
        return self.page.get_by_test_id("phone-bubble").filter(has_text=text)


def email_of(company: Company) -> str:
    return f"admin@{company.name}.example"


def bubble(page: Page, text: str) -> Locator:
    """A message of the open conversation, not its line in the list."""
    return page.locator('[data-testid^="bubble-"]', has_text=text)


def rows(page: Page) -> Locator:
    return page.locator('[data-testid^="ticket-row-"]')


def open_waiting(page: Page, text: str) -> None:
    """Choose the waiting conversation whose last message is this."""
    page.get_by_test_id("tab-waiting").click()
    rows(page).filter(has_text=text).click()
    expect(bubble(page, text)).to_be_visible()


def accept(page: Page) -> None:
    page.get_by_test_id("accept").click()
    expect(page.get_by_test_id("composer")).to_be_visible()


def answer(page: Page, text: str) -> None:
    page.get_by_test_id("composer").fill(text)
    page.get_by_test_id("send").click()


def close(page: Page) -> None:
    page.get_by_test_id("close").click()
    expect(page.get_by_test_id("reopen")).to_be_visible()


def expect_ticks(message: Locator, state: str) -> None:
    ticks = message.locator('[data-testid^="ticks-"]')
    expect(ticks).to_have_attribute("data-state", state, timeout=15_000)


def send_photo(page: Page, picture: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_test_id("attach").click()
    chooser.value.set_files(str(picture))
    page.get_by_test_id("send").click()


def send_voice(page: Page) -> None:
    page.get_by_test_id("record").click()
    expect(page.get_by_role("timer")).to_have_text("0:01")
    page.get_by_test_id("record-send").click()


def paint(path: Path) -> Path:
    """A small picture, made here."""
    size = 64
    pixels = b"".join(b"\0" + b"".join(bytes((x * 4, y * 4, 120)) for x in range(size)) for y in range(size))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    return path
