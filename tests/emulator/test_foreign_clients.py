"""Clients that other people wrote tour the emulator, and their parsers read its webhooks."""

import asyncio
import json
from typing import Any

import pytest

from . import node
from .conftest import ANA, LINE, SECRET, TOKEN, Emulator, Receiver, wait_for

JPEG = b"\xff\xd8\xff\xe0" + b"\x07" * 200
KINDS = ("text", "image", "buttons", "list", "template", "reaction")


@pytest.fixture
def talk(emulator: Emulator, receiver: Receiver) -> dict[str, Any]:
    """Ana wrote, so the window is open and there is something to react to."""
    inbound = emulator.says("Oi")
    wait_for(receiver.messages)
    return {"inbound": inbound}


def check_tour(emulator: Emulator, receiver: Receiver, ids: dict[str, str], cookie: str) -> None:
    """Everything that the client sent was accepted, shown and reported."""
    assert set(ids) == set(KINDS)
    wait_for(lambda: len(emulator.truth()["shown"]) == len(KINDS))
    truth = emulator.truth()
    accepted = {one["wamid"]: one for one in truth["accepted"]}
    assert {accepted[ids[kind]]["type"] for kind in ("buttons", "list")} == {"interactive"}
    assert accepted[ids["text"]]["cookie"] == cookie
    assert accepted[ids["image"]]["body"] == "Look"
    assert truth["sent"][0]["read"] is True
    for wamid in ids.values():
        wait_for(lambda wamid=wamid: receiver.states(wamid) == ["sent", "delivered"])


def everything_a_customer_can_send(emulator: Emulator, receiver: Receiver, talk: dict[str, Any]) -> list[str]:
    """One of each kind, and one message of ours that was read and one that failed."""
    picture = {"mime_type": "image/jpeg", "data_base64": "/9j/4Hg="}
    card = {
        "name": {"formatted_name": "Bia", "first_name": "Bia"},
        "phones": [{"phone": "+55 21 9", "type": "CELL"}],
    }
    drafts: list[dict[str, Any]] = [
        {"type": "image", "caption": "Veja", **picture},
        {"type": "sticker", "mime_type": "image/webp", "data_base64": "UklGRg=="},
        {"type": "document", "filename": "a.pdf", "data_base64": "JVBERi0="},
        {"type": "audio", "voice": True, "data_base64": "T2dnUw=="},
        {"type": "video", "mime_type": "video/mp4", "data_base64": "AAAA"},
        {"type": "location", "latitude": -23.5, "longitude": -46.6, "name": "Sé", "address": "SP"},
        {"type": "contacts", "contacts": [card]},
        {"type": "reaction", "message_id": talk["inbound"], "emoji": "👍"},
        {"type": "button_reply", "id": "b1", "title": "Yes", "context": emulator.sent()},
        {
            "type": "list_reply",
            "id": "r1",
            "title": "9 am",
            "description": "first",
            "context": emulator.sent(),
        },
        {"type": "text", "body": "Resposta", "context": talk["inbound"]},
    ]
    wamids = [emulator.says(**draft) for draft in drafts]
    emulator.ctl("faults", {"endpoint": "messages", "action": "fail_async", "code": 131026, "times": 1})
    failed = emulator.sent()
    wait_for(lambda: receiver.states(failed) == ["failed"] and len(receiver.messages()) == len(drafts) + 1)
    wait_for(lambda: len(receiver.statuses()) == 5)
    return [talk["inbound"], *wamids]


def test_pywa_sends_everything(emulator: Emulator, receiver: Receiver, talk: dict[str, Any]) -> None:
    pywa = pytest.importorskip("pywa")
    from pywa import types

    wa = pywa.WhatsApp(phone_id=LINE, token=TOKEN)
    # pywa has no public setting for the address.
    wa.api._session.base_url = f"{emulator.root}/v25.0"
    media = wa.upload_media(JPEG, mime_type="image/jpeg", filename="a.jpg")
    url = wa.get_media_url(media.id)
    assert wa.get_media_bytes(url.url) == JPEG
    row = types.SectionRow(title="9 am", callback_data="r1", description="first")
    rows = types.SectionList(button_title="Open", sections=[types.Section(title="Morning", rows=[row])])
    language = types.templates.TemplateLanguage.ENGLISH
    params = [types.templates.BodyText.params("Ana")]
    ids = {
        "text": wa.send_message(ANA, "Hello", tracker="pywa").id,
        "image": wa.send_image(ANA, media.id, caption="Look").id,
        "buttons": wa.send_message(ANA, "Choose", buttons=[types.Button("Yes", callback_data="b1")]).id,
        "list": wa.send_message(ANA, "Choose", buttons=rows).id,
        "template": wa.send_template(ANA, "conversation_reopen", language, params).id,
        "reaction": wa.send_reaction(ANA, "👍", talk["inbound"]).id,
    }
    wa.mark_message_as_read(talk["inbound"])
    check_tour(emulator, receiver, ids, "pywa")


def test_pywa_knows_the_errors(open_window: Emulator) -> None:
    pywa = pytest.importorskip("pywa")
    from pywa import errors

    wa = pywa.WhatsApp(phone_id=LINE, token=TOKEN)
    wa.api._session.base_url = f"{open_window.root}/v25.0"
    open_window.ctl("settings", {"window": "sync", "window_hours": 0})
    with pytest.raises(errors.ReEngagementMessage):
        wa.send_message(ANA, "too late")


def test_pywa_reads_our_webhooks(emulator: Emulator, receiver: Receiver, talk: dict[str, Any]) -> None:
    pywa = pytest.importorskip("pywa")
    wamids = everything_a_customer_can_send(emulator, receiver, talk)
    wa = pywa.WhatsApp(phone_id=LINE, token=TOKEN, server=None, verify_token="x", app_secret=SECRET)
    seen: list[Any] = []
    keep = lambda _, update: seen.append(update)  # noqa: E731
    for listen in (wa.on_message, wa.on_message_status, wa.on_callback_button, wa.on_callback_selection):
        listen(keep)
    for raw, signature in receiver.raws:
        assert wa.webhook_update_validator(raw, signature) is None
        # A failed status has no contacts block; pywa 4.5 stumbles over Meta's own shape there.
        if b'"failed"' not in raw:
            assert wa.webhook_update_handler(raw) == ("ok", 200)
    assert {one.id for one in seen if type(one).__name__ != "MessageStatus"} == set(wamids)
    assert {one.from_user.wa_id for one in seen} == {ANA}


def test_kapso_for_python_sends_everything(
    emulator: Emulator, receiver: Receiver, talk: dict[str, Any]
) -> None:
    kapso = pytest.importorskip("kapso_whatsapp")

    async def tour() -> dict[str, str]:
        async with kapso.WhatsAppClient(
            access_token=TOKEN, base_url=emulator.root, graph_version="v24.0"
        ) as client:
            base = {"phone_number_id": LINE, "to": f"+{ANA}"}
            stored = await client.media.upload(
                phone_number_id=LINE, file=JPEG, type="image/jpeg", filename="a.jpg"
            )
            assert await client.media.download(media_id=stored.id) == JPEG
            send = client.messages
            rows = [{"title": "Morning", "rows": [{"id": "r1", "title": "9 am"}]}]
            words = {"type": "body", "parameters": [{"type": "text", "text": "Ana"}]}
            template = {"name": "conversation_reopen", "language": {"code": "en"}, "components": [words]}
            emoji = {"message_id": talk["inbound"], "emoji": "👍"}
            buttons = [{"id": "b1", "title": "Yes"}]
            sent = {
                "text": await send.send_text(**base, body="Hello", biz_opaque_callback_data="kapso"),
                "image": await send.send_image(**base, image={"id": stored.id, "caption": "Look"}),
                "buttons": await send.send_interactive_buttons(**base, body_text="Choose", buttons=buttons),
                "list": await send.send_interactive_list(
                    **base, body_text="Choose", button_text="Open", sections=rows
                ),
                "template": await send.send_template(**base, template=template),
                "reaction": await send.send_reaction(**base, reaction=emoji),
            }
            await send.mark_read(phone_number_id=LINE, message_id=talk["inbound"])
            return {kind: one.messages[0].id for kind, one in sent.items()}

    check_tour(emulator, receiver, asyncio.run(tour()), "kapso")


def test_kapso_for_python_reads_our_webhooks_in_batches(
    emulator: Emulator, receiver: Receiver, talk: dict[str, Any]
) -> None:
    webhooks = pytest.importorskip("kapso_whatsapp.webhooks")
    emulator.ctl("webhooks", {"batch_max": 5, "parallel": 1})
    wamids = everything_a_customer_can_send(emulator, receiver, talk)
    messages, statuses = [], []
    for raw, signature in receiver.raws:
        assert webhooks.verify_signature(app_secret=SECRET, raw_body=raw, signature_header=signature)
        result = webhooks.normalize_webhook(json.loads(raw))
        messages += [one["id"] for one in result.messages]
        statuses += [(one.id, one.status) for one in result.statuses]
    assert sorted(messages) == sorted(wamids)
    assert sorted(statuses) == sorted((one["id"], one["status"]) for one in receiver.statuses())


@pytest.mark.parametrize(("script", "cookie"), [("kapso.mjs", "kapso"), ("whatsapp_api_js.mjs", "api-js")])
def test_node_clients_send_everything(
    emulator: Emulator, receiver: Receiver, talk: dict[str, Any], script: str, cookie: str
) -> None:
    result = tour_in_node(script, emulator, **talk)
    assert result["downloaded"] is True
    assert result["read"] is True
    check_tour(emulator, receiver, result["ids"], cookie)


@pytest.mark.parametrize("script", ["kapso.mjs", "whatsapp_api_js.mjs"])
def test_node_clients_read_our_webhooks(
    emulator: Emulator, receiver: Receiver, talk: dict[str, Any], script: str
) -> None:
    wamids = everything_a_customer_can_send(emulator, receiver, talk)
    posts = [{"raw": raw.decode(), "signature": signature} for raw, signature in receiver.raws]
    found = tour_in_node(script, emulator, webhooks=posts)
    assert all(one["isSigned"] for one in found)
    assert sorted(wamid for one in found for wamid, _ in one["messages"]) == sorted(wamids)
    statuses = sorted((wamid, status) for one in found for wamid, status in one["statuses"])
    assert statuses == sorted((one["id"], one["status"]) for one in receiver.statuses())


def tour_in_node(script: str, emulator: Emulator, **more: Any) -> Any:
    asked = {"root": emulator.root, "token": TOKEN, "secret": SECRET, "line": LINE, "to": f"+{ANA}"}
    return node.run(script, asked | more)
