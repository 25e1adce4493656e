"""Templates at the emulated Meta: pages, reviews, quality, categories, and what a send must fill in."""

from typing import Any

import pytest

from .conftest import ACCOUNT, ANA, LINE, Emulator, Receiver, wait_for

PATH = f"/v25.0/{ACCOUNT}/message_templates"
GOOD = "Hello {{1}}, your order {{2}} is on its way to you."


def body(text: str, *examples: str) -> dict[str, Any]:
    return {"type": "BODY", "text": text} | ({"example": {"body_text": [list(examples)]}} if examples else {})


def made(
    emulator: Emulator, *components: dict[str, Any], name: str = "news", status: int = 200
) -> dict[str, Any]:
    given = {"name": name, "language": "en", "category": "UTILITY", "components": list(components)}
    answer = emulator.http.post(PATH, json=given)
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


def decisions(receiver: Receiver) -> list[dict[str, Any]]:
    return [one for one in receiver.values() if one.get("message_template_name") == "news"]


def event(receiver: Receiver, name: str) -> Any:
    return wait_for(lambda: next((one for one in decisions(receiver) if one.get("event") == name), None))


def row(emulator: Emulator) -> Any:
    return emulator.http.get(PATH, params={"name": "news"}).json()["data"][0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{1}}, your order {{2}} is on its way to you.", "start"),
        ("Your order is on its way to {{1}} {{2}}", "end"),
        ("Your order is on its way {{1}} {{2}} to you.", "next to each other"),
        ("Hi {{1}} and {{2}} bye", "too many variable"),
    ],
)
def test_reviewers_refuse_words_around_variables_with_the_reason(
    emulator: Emulator, receiver: Receiver, text: str, words: str
) -> None:
    made(emulator, body(text, "Ana", "42"))
    refused = event(receiver, "REJECTED")
    assert refused["reason"] == "INVALID_FORMAT"
    assert words in refused["rejection_info"]["reason"]
    assert row(emulator)["rejected_reason"] == "INVALID_FORMAT"


def test_examples_that_are_missing_are_refused_at_once(emulator: Emulator) -> None:
    error = made(emulator, body(GOOD), status=400)["error"]
    assert error["error_subcode"] == 2388043
    header = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["made up"]}}
    assert made(emulator, header, body("Hello"), status=400)["error"]["error_subcode"] == 2388273


def card(*buttons: dict[str, Any], words: str = "A blue shoe.") -> dict[str, Any]:
    return {
        "components": [
            {"type": "HEADER", "format": "VIDEO"},
            body(words),
            {"type": "BUTTONS", "buttons": buttons},
        ]
    }


REPLY = {"type": "QUICK_REPLY", "text": "I want it"}


@pytest.mark.parametrize(
    ("cards", "words"),
    [
        ([card(REPLY)], "2 to 10 cards"),
        ([card(REPLY), card(REPLY, REPLY)], "same components"),
        ([card(), card()], "1 to 2 buttons"),
        ([card(REPLY), card(REPLY, words="x" * 161)], "160 characters"),
    ],
)
def test_carousels_whose_cards_do_not_fit_are_refused_at_once(
    emulator: Emulator, cards: list[dict[str, Any]], words: str
) -> None:
    error = made(emulator, body("Two shoes."), {"type": "CAROUSEL", "cards": cards}, status=400)["error"]
    assert words in f"{error['message']} {error.get('error_data')} {error.get('error_user_msg')}"


def test_words_that_sell_move_a_template_to_marketing(emulator: Emulator, receiver: Receiver) -> None:
    made(emulator, body("Hello, today everything has a discount for you."))
    moved = wait_for(lambda: next((one for one in decisions(receiver) if "new_category" in one), None))
    assert (moved["previous_category"], moved["new_category"]) == ("UTILITY", "MARKETING")
    assert row(emulator)["category"] == "MARKETING"


def test_low_quality_pauses_twice_and_then_disables(emulator: Emulator, receiver: Receiver) -> None:
    made(emulator, body("Hello there."))
    event(receiver, "APPROVED")
    which = {"waba_id": ACCOUNT, "name": "news", "language": "en"}
    seen = []
    for hours in (3, 6, 0):
        emulator.ctl("templates", {**which, "quality": "RED"})
        seen.append(row(emulator)["status"])
        asked = {"name": "news", "language": {"code": "en"}}
        seen.append(emulator.code(emulator.send(type="template", template=asked)))
        if hours:
            emulator.ctl("clock", {"advance_s": hours * 3600 + 1})
            wait_for(lambda: row(emulator)["status"] == "APPROVED")
    assert seen == ["PAUSED", 132015, "PAUSED", 132015, "DISABLED", 132016]


def test_a_changed_template_is_reviewed_again(emulator: Emulator, receiver: Receiver) -> None:
    number = made(emulator, body("Hello there."))["id"]
    event(receiver, "APPROVED")
    changed = emulator.http.post(f"/v25.0/{number}", json={"components": [body("Good day to you.")]})
    assert changed.json() == {"success": True}
    wait_for(lambda: row(emulator)["status"] == "APPROVED")
    assert emulator.http.get(f"/v25.0/{number}").json()["components"][0]["text"] == "Good day to you."


def test_one_language_is_deleted_by_its_id(emulator: Emulator) -> None:
    rows = emulator.http.get(PATH, params={"name": "conversation_reopen"}).json()["data"]
    gone = next(one for one in rows if one["language"] == "es")
    emulator.http.delete(PATH, params={"name": "conversation_reopen", "hsm_id": gone["id"]})
    left = emulator.http.get(PATH, params={"name": "conversation_reopen"}).json()["data"]
    assert sorted(one["language"] for one in left) == ["en", "pt_BR"]


def test_pages_follow_their_cursor(emulator: Emulator) -> None:
    names, after = [], ""
    while True:
        page = emulator.http.get(PATH, params={"limit": 2, "after": after}).json()
        names += [one["name"] for one in page["data"]]
        after = page["paging"]["cursors"]["after"]
        if "next" not in page["paging"]:
            break
    assert len(names) == len(emulator.http.get(PATH).json()["data"])


def test_links_codes_and_cards_want_their_parameters(emulator: Emulator, receiver: Receiver) -> None:
    link = {"type": "URL", "text": "Track", "url": "https://shop.example/{{1}}", "example": ["42"]}
    code = {"type": "COPY_CODE", "example": "SAVE10"}
    made(emulator, body("Hello there."), {"type": "BUTTONS", "buttons": [link, code]})
    event(receiver, "APPROVED")
    template: dict[str, Any] = {"name": "news", "language": {"code": "en"}}
    assert emulator.code(emulator.send(type="template", template=template)) == 131008
    template["components"] = [
        {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "77"}]},
        {"type": "button", "sub_type": "copy_code", "index": "1",
         "parameters": [{"type": "coupon_code", "coupon_code": "SAVE10"}]},
    ]  # fmt: skip
    emulator.sent(type="template", template=template)
    chat = f"/phone/api/chats/{LINE}/{ANA}"
    bubble = wait_for(lambda: emulator.http.get(chat).json()["bubbles"])[-1]
    assert bubble["template"]["buttons"][0]["url"] == "https://shop.example/77"
    assert bubble["template"]["buttons"][1]["code"] == "SAVE10"
