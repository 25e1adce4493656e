"""The kinds beside words and files on the phone page, in a real browser."""

from pathlib import Path
from typing import Any

from PIL import Image

from .conftest import Emulator, Receiver, wait_for
from .test_phone_page import chat, chromium, complaints, open_page, pytestmark  # noqa: F401 — fixtures


def test_a_call_an_ad_and_what_cannot_be_carried_are_played(
    chat: Any,  # noqa: F811
    receiver: Receiver,
) -> None:
    def attach(name: str) -> None:
        chat.get_by_test_id("phone-attach").click()
        chat.get_by_test_id(f"phone-attach-{name}").click()

    attach("ad")
    chat.get_by_test_id("phone-ad-send").click()
    wait_for(lambda: [one["referral"]["source_type"] for one in receiver.messages()] == ["ad"])
    attach("call")
    chat.get_by_test_id("phone-call-missed").click()
    chat.get_by_test_id("phone-call").wait_for()
    attach("other")
    chat.get_by_test_id("phone-unsupported").select_option("media_too_big")
    chat.get_by_test_id("phone-unsupported-send").click()
    wait_for(lambda: [one["type"] for one in receiver.messages()] == ["text", "unsupported"])


def test_an_own_message_is_edited_and_deleted(
    chat: Any,  # noqa: F811
    emulator: Emulator,
    receiver: Receiver,
) -> None:
    emulator.says("Quero dois")
    mine = chat.locator("[data-testid=phone-bubble][data-side=mine]")
    mine.hover()
    mine.get_by_test_id("phone-bubble-menu").click()
    chat.get_by_test_id("phone-edit").click()
    chat.get_by_test_id("phone-edit-words").fill("Quero três")
    chat.get_by_test_id("phone-edit-save").click()
    chat.get_by_text("Edited").wait_for()
    mine.hover()
    mine.get_by_test_id("phone-bubble-menu").click()
    chat.get_by_test_id("phone-delete").click()
    chat.get_by_text("This message was deleted").wait_for()
    wait_for(lambda: [one["type"] for one in receiver.messages()] == ["text", "edit", "revoke"])


def test_several_photos_are_an_album_of_their_own_messages(
    chat: Any,  # noqa: F811
    receiver: Receiver,
    tmp_path: Path,
) -> None:
    photos = [tmp_path / f"{name}.jpg" for name in ("one", "two", "three")]
    for photo in photos:
        Image.new("RGB", (80, 60), "teal").save(photo)
    chat.get_by_test_id("phone-attach").click()
    with chat.expect_file_chooser() as chooser:
        chat.get_by_test_id("phone-attach-photo").click()
    chooser.value.set_files(photos)
    wait_for(lambda: [one["type"] for one in receiver.messages()] == ["image"] * 3)


def test_a_sticker_needs_no_file(
    chat: Any,  # noqa: F811
    receiver: Receiver,
) -> None:
    chat.get_by_test_id("phone-attach").click()
    chat.get_by_test_id("phone-attach-sticker").click()
    chat.get_by_test_id("phone-sticker-👍").click()
    assert wait_for(receiver.messages)[0]["sticker"]["mime_type"] == "image/webp"
    chat.get_by_test_id("phone-sticker").wait_for()


def test_a_product_is_asked_about_and_a_message_passed_on(
    chat: Any,  # noqa: F811
    receiver: Receiver,
) -> None:
    chat.get_by_test_id("phone-attach").click()
    chat.get_by_test_id("phone-attach-product").click()
    chat.get_by_test_id("phone-product-send").click()
    product = wait_for(receiver.messages)[0]["context"]["referred_product"]
    assert product == {"catalog_id": "TOY-CATALOG", "product_retailer_id": "SKU-1"}
    mine = chat.locator("[data-testid=phone-bubble][data-side=mine]")
    mine.hover()
    mine.get_by_test_id("phone-bubble-menu").click()
    chat.get_by_test_id("phone-forward").click()
    wait_for(lambda: [one["context"].get("forwarded") for one in receiver.messages()] == [None, True])
