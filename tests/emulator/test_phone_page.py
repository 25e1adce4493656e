"""The phone page in a real browser: what a person does there, and what the business gets."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from . import node
from .conftest import ANA, LINE, Emulator, Receiver, wait_for

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
SIZES = {"narrow": {"width": 360, "height": 740}, "wide": {"width": 1440, "height": 900}}

pytestmark = [pytest.mark.journey, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """In a thread of its own loop: other browser tests may hold Playwright's in this one."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def open_page(chromium: Any, emulator: Emulator, complaints: list[str]) -> Iterator[Callable[..., Any]]:
    contexts = []

    def make(path: str = "/phone/", **options: Any) -> Any:
        context = chromium.new_context(**{"viewport": SIZES["wide"], "permissions": ["microphone"]} | options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        # A refusal by the emulator is a 4xx answer, which the browser notes as an error of its own.
        page.on("console", lambda line: complaints.append(line.text) if is_ours(line) else None)
        page.goto(emulator.root + path)
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def chat(open_page: Callable[..., Any]) -> Any:
    """Ana has the business's chat open."""
    page = open_page(f"/phone/{ANA}?line={LINE}")
    page.get_by_test_id("phone-input").wait_for()
    return page


def is_ours(line: Any) -> bool:
    return line.type == "error" and "Failed to load resource" not in line.text


def bubbles(page: Any, side: str) -> Any:
    return page.locator(f"[data-testid=phone-bubble][data-side={side}]")


def test_a_person_adds_a_customer_and_writes(
    open_page: Callable[..., Any], emulator: Emulator, receiver: Receiver
) -> None:
    page = open_page()
    page.get_by_test_id("persona-add").click()
    page.get_by_test_id("persona-name").fill("Bruno Lima")
    page.get_by_test_id("persona-number").fill("+55 21 99876-5432")
    page.get_by_test_id("persona-save").click()
    page.get_by_test_id(f"business-{LINE}").click()
    page.get_by_test_id("phone-input").fill("Oi 😀")
    page.get_by_test_id("phone-send").click()
    message = wait_for(receiver.messages)[0]
    assert (message["from"], message["text"]["body"]) == ("5521998765432", "Oi 😀")
    bubbles(page, "mine").locator("[data-testid=phone-tick][data-state=delivered]").wait_for()
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": message["id"]}
    emulator.http.post(f"/v25.0/{LINE}/messages", json=body | {"typing_indicator": {"type": "text"}})
    bubbles(page, "mine").locator("[data-testid=phone-tick][data-state=read]").wait_for()
    page.get_by_test_id("phone-typing").wait_for()


def test_a_reply_appears_by_itself_and_counts_as_read(
    chat: Any, open_window: Emulator, receiver: Receiver
) -> None:
    wamid = open_window.sent(text={"body": "Olá *Ana*"})
    bubbles(chat, "theirs").get_by_text("Olá Ana").wait_for()
    assert bubbles(chat, "theirs").locator("strong").inner_text() == "Ana"
    assert "service" in chat.get_by_test_id("phone-price").inner_text()
    wait_for(lambda: receiver.states(wamid) == ["sent", "delivered", "read"])


def test_a_link_has_a_card_where_the_business_wants_one(chat: Any, open_window: Emulator) -> None:
    open_window.sent(text={"body": "Veja https://loja.example/catalogo", "preview_url": True})
    card = chat.get_by_test_id("phone-link-preview")
    card.wait_for()
    assert card.inner_text().split() == ["loja.example", "/catalogo"]
    open_window.sent(text={"body": "https://loja.example/outra"})
    bubbles(chat, "theirs").get_by_text("/outra").wait_for()
    assert card.count() == 1


def test_tapping_a_button_answers_the_question(chat: Any, open_window: Emulator, receiver: Receiver) -> None:
    replies = [{"type": "reply", "reply": {"id": one, "title": one.title()}} for one in ("home", "shop")]
    ask = {"type": "button", "body": {"text": "Where?"}, "action": {"buttons": replies}}
    wamid = open_window.sent(type="interactive", interactive=ask)
    chat.get_by_test_id("phone-option").get_by_text("Shop").click()
    message = wait_for(receiver.messages)[0]
    assert message["interactive"]["button_reply"] == {"id": "shop", "title": "Shop"}
    assert message["context"]["id"] == wamid
    chat.locator("[data-testid=phone-option]:disabled").first.wait_for()


def test_a_list_row_is_chosen(chat: Any, open_window: Emulator, receiver: Receiver) -> None:
    rows = [{"id": "r9", "title": "9 am", "description": "first"}]
    ask = {
        "type": "list",
        "body": {"text": "When?"},
        "action": {"button": "Open", "sections": [{"rows": rows}]},
    }
    open_window.sent(type="interactive", interactive=ask)
    chat.get_by_test_id("phone-option").click()
    chat.get_by_test_id("phone-row-r9").click()
    reply = wait_for(receiver.messages)[0]["interactive"]["list_reply"]
    assert reply == {"id": "r9", "title": "9 am", "description": "first"}


def test_everything_that_a_business_asks_can_be_answered(
    chat: Any, open_window: Emulator, receiver: Receiver
) -> None:
    def asks(kind: str, **action: Any) -> str:
        ask = {"type": kind, "body": {"text": f"About {kind}"}, "action": action}
        wamid: str = open_window.sent(type="interactive", interactive=ask)
        return wamid

    place = asks("location_request_message", name="send_location")
    chat.locator("[data-ask=location_request_message] button").click()
    chat.get_by_test_id("phone-location-send").click()
    flow = {"flow_message_version": "3", "flow_id": "1", "flow_cta": "Fill in", "flow_token": "t"}
    form = asks("flow", name="flow", parameters=flow)
    chat.locator("[data-ask=flow] button").click()
    chat.get_by_test_id("phone-form-send").click()
    product = asks("product", catalog_id="77", product_retailer_id="SKU-1")
    chat.locator("[data-ask=product] button").click()
    chat.get_by_test_id("phone-order").click()
    asked = asks("request_contact_info", name="request_contact_info")
    chat.locator("[data-ask=request_contact_info] button").click()
    chat.get_by_test_id("phone-contact-send").click()
    asks("cta_url", name="cta_url", parameters={"display_text": "Open", "url": "https://acme.example"})
    assert chat.get_by_test_id("phone-link").get_attribute("href") == "https://acme.example"
    wait_for(lambda: len(receiver.messages()) == 4)
    found = receiver.messages()
    assert [one["type"] for one in found] == ["location", "interactive", "order", "contacts"]
    assert [one["context"]["id"] for one in found] == [place, form, product, asked]
    assert found[2]["order"]["product_items"][0]["product_retailer_id"] == "SKU-1"
    assert found[3]["contacts"][0]["origin"] == "contact_request"


def test_reacting_and_quoting(chat: Any, open_window: Emulator, receiver: Receiver) -> None:
    wamid = open_window.sent()
    bubbles(chat, "theirs").hover()
    chat.get_by_test_id("phone-bubble-menu").click()
    chat.get_by_test_id("phone-react-👍").click()
    assert wait_for(receiver.messages)[0]["reaction"] == {"message_id": wamid, "emoji": "👍"}
    chat.get_by_test_id("phone-reactions").wait_for()
    bubbles(chat, "theirs").hover()
    chat.get_by_test_id("phone-bubble-menu").click()
    chat.get_by_test_id("phone-reply").click()
    chat.get_by_test_id("phone-input").press_sequentially("Sim")
    chat.get_by_test_id("phone-input").press("Enter")
    wait_for(lambda: len(receiver.messages()) == 2)
    assert receiver.messages()[1]["context"]["id"] == wamid
    bubbles(chat, "mine").get_by_test_id("phone-quote").wait_for()


def test_sending_a_photo_with_a_caption(chat: Any, receiver: Receiver) -> None:
    from PIL import Image

    photo = Path(tempfile.mkdtemp()) / "photo.jpg"
    Image.new("RGB", (80, 60), "teal").save(photo)
    chat.get_by_test_id("phone-attach").click()
    with chat.expect_file_chooser() as chooser:
        chat.get_by_test_id("phone-attach-photo").click()
    chooser.value.set_files(photo)
    chat.get_by_test_id("phone-caption").fill("Veja")
    chat.get_by_test_id("phone-file-send").click()
    image = wait_for(receiver.messages)[0]["image"]
    assert (image["mime_type"], image["caption"]) == ("image/jpeg", "Veja")
    chat.get_by_test_id("phone-image").click()
    chat.locator("dialog img").wait_for()


def test_recording_a_voice_message(chat: Any, emulator: Emulator, receiver: Receiver) -> None:
    chat.get_by_test_id("phone-record").click()
    chat.get_by_test_id("phone-recording").wait_for()
    chat.wait_for_timeout(600)
    chat.get_by_test_id("phone-record-send").click()
    audio = wait_for(receiver.messages)[0]["audio"]
    assert audio["voice"] is True
    assert audio["mime_type"] == "audio/ogg; codecs=opus"
    chat.get_by_test_id("phone-voice").wait_for()


def test_sending_a_place_and_a_contact(chat: Any, receiver: Receiver) -> None:
    for kind in ("location", "contact"):
        chat.get_by_test_id("phone-attach").click()
        chat.get_by_test_id(f"phone-attach-{kind}").click()
        chat.get_by_test_id(f"phone-{kind}-send").click()
        chat.get_by_test_id(f"phone-{kind}").wait_for()
    wait_for(lambda: [one["type"] for one in receiver.messages()] == ["location", "contacts"])


def test_airplane_mode_is_a_switch(chat: Any, open_window: Emulator, receiver: Receiver) -> None:
    chat.get_by_test_id("phone-settings").click()
    chat.get_by_test_id("presence-offline").check()
    chat.keyboard.press("Escape")
    chat.get_by_test_id("phone-banner").get_by_text("Airplane").wait_for()
    wamid = open_window.sent()
    wait_for(lambda: receiver.states(wamid) == ["sent"])
    chat.get_by_test_id("phone-input").fill("Oi")
    chat.get_by_test_id("phone-send").click()
    chat.get_by_test_id("phone-alert").get_by_text("airplane").wait_for()
    assert chat.get_by_test_id("phone-input").input_value() == "Oi"


def test_a_refused_message_is_shown_with_its_code(chat: Any, emulator: Emulator) -> None:
    emulator.sent()
    chat.locator("[data-testid=phone-refused][data-code='131047']").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_page_is_accessible(
    open_page: Callable[..., Any], open_window: Emulator, complaints: list[str], size: str, scheme: str
) -> None:
    node.install()
    axe = (node.HERE / "node_modules/axe-core/axe.min.js").read_text()
    open_window.says("Oi")
    open_window.sent(text={"body": "Olá"})
    open_window.ctl("faults", {"endpoint": "messages", "action": "fail_async", "code": 131026})
    open_window.sent()
    page = open_page(viewport=SIZES[size], color_scheme=scheme, bypass_csp=True)
    found: list[str] = []

    def look(place: str) -> None:
        page.wait_for_timeout(150)
        page.evaluate(axe)
        problems = page.evaluate("axe.run()")["violations"]
        found.extend(f"{place}: {one['id']} {[node['html'] for node in one['nodes']]}" for one in problems)

    look("people")
    page.get_by_test_id(f"persona-{ANA}").click()
    page.get_by_test_id(f"business-{LINE}").wait_for()
    look("chats")
    page.get_by_test_id(f"business-{LINE}").click()
    page.get_by_test_id("phone-refused").wait_for()
    look("chat")
    for button in ("phone-attach", "phone-emoji"):
        page.get_by_test_id(button).click()
        look(button)
        page.keyboard.press("Escape")
    page.get_by_role("button", name="Phone settings").locator("visible=true").first.click()
    look("settings")
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
