"""What we send, compared with what independent libraries send for the same intent."""

import json

import pytest

from tickets.models import Attachment, Contact, Message
from tickets.transport import Address, CannotRender, Outgoing
from whatsapp.cloud_api.render import check, render

PHONE = Address("phone", "5511987654321")
BSUID = Address("bsuid", "BR.13491208655302741918", "1")


def outgoing(kind="text", body="Olá!", *, addresses=(PHONE,), file=None, **fields):
    reply_to = fields.pop("reply_to", "")
    message = Message(kind=kind, body=body, **fields)
    files = ((file, "1003383421387256"),) if file else ()
    return Outgoing(message, Contact(), addresses, "cookie-1", reply_to, files)


def sent(*args, **fields):
    request = render("777", outgoing(*args, **fields))
    assert request.path == "777/messages"
    return json.loads(request.body)


def attachment(kind, mime, **fields):
    fields.setdefault("size", 1000)
    return Attachment(kind=kind, mime=mime, **fields)


def by_pywa(method, **arguments):
    """The body that pywa would post."""
    import httpx
    from pywa import WhatsApp

    bodies = []

    def keep(request):
        bodies.append(json.loads(request.content))
        return httpx.Response(
            200, json={"messages": [{"id": "wamid.X"}], "contacts": [{"input": "1", "wa_id": "1"}]}
        )

    session = httpx.Client(transport=httpx.MockTransport(keep), base_url="https://graph.facebook.com/v25.0")
    client = WhatsApp(phone_id="777", token="t", session=session)
    client.api._session = session
    getattr(client, method)(**arguments)
    return bodies[-1]


def without_ours(body):
    """The cookie is ours, and the plus that Meta recommends is not written by everybody."""
    cut = {key: value for key, value in body.items() if key not in {"biz_opaque_callback_data"}}
    return cut | ({"to": cut["to"].lstrip("+")} if "to" in cut else {})


@pytest.mark.parametrize(
    ("ours", "method", "theirs"),
    [
        (lambda: sent(), "send_message", {"text": "Olá!"}),
        (
            lambda: sent("image", "Veja", file=attachment("image", "image/jpeg")),
            "send_image", {"image": "1003383421387256", "caption": "Veja"},
        ),
        (
            lambda: sent("document", "", file=attachment("document", "application/pdf", name="a.pdf")),
            "send_document", {"document": "1003383421387256", "filename": "a.pdf"},
        ),
        (
            lambda: sent("video", "", file=attachment("video", "video/mp4")),
            "send_video", {"video": "1003383421387256"},
        ),
        (
            lambda: sent("audio", "", file=attachment("audio", "audio/ogg", is_voice=True)),
            "send_voice", {"voice": "1003383421387256"},
        ),
        (
            lambda: sent("sticker", "", file=attachment("sticker", "image/webp")),
            "send_sticker", {"sticker": "1003383421387256"},
        ),
        (
            lambda: sent(reply_to="wamid.Q"),
            "send_message", {"text": "Olá!", "reply_to_message_id": "wamid.Q"},
        ),
    ],
)  # fmt: skip
def test_pywa_sends_the_same(ours, method, theirs):
    other = by_pywa(method, to="5511987654321", **theirs)
    mine = without_ours(ours())
    other.pop("biz_opaque_callback_data", None)
    assert without_ours(other) == mine


def test_rendering_twice_gives_the_same_bytes():
    assert render("777", outgoing()) == render("777", outgoing())


def test_the_number_has_its_plus_and_the_cookie_travels():
    body = sent()
    assert body["to"] == "+5511987654321"
    assert body["biz_opaque_callback_data"] == "cookie-1"


def test_the_first_address_that_can_be_written_to_counts():
    body = sent(addresses=(Address("lid", "1"), BSUID, PHONE))
    assert body["recipient"] == BSUID.value
    assert "to" not in body


def test_a_customer_without_address_cannot_be_written_to():
    with pytest.raises(CannotRender) as refusal:
        render("777", outgoing(addresses=(Address("lid", "1"),)))
    assert refusal.value.code == "no_address"


def test_a_group_is_written_to_as_a_group():
    body = sent(addresses=(Address("group", "Y2FwaV9ncm91cDo="),))
    assert (body["recipient_type"], body["to"]) == ("group", "Y2FwaV9ncm91cDo=")


def test_links_get_a_preview():
    assert sent("text", "https://example.com")["text"]["preview_url"] is True


def test_a_template_needs_its_name_and_language():
    body = sent("template", "", content={"template": {"name": "hello_world", "language": "pt_BR"}})
    assert body["template"] == {"name": "hello_world", "language": {"code": "pt_BR"}}
    with pytest.raises(CannotRender):
        check(Message(kind="template", content={}), [])


@pytest.mark.parametrize(
    ("message", "files", "code"),
    [
        (Message(kind="text", body=" "), [], "text_empty"),
        (Message(kind="text", body="x" * 4097), [], "text_too_long"),
        (Message(kind="image", body="x" * 1025), [attachment("image", "image/png")], "text_too_long"),
        (Message(kind="image"), [attachment("image", "image/gif")], "file_type_refused"),
        (Message(kind="image"), [attachment("image", "image/png", size=6_000_000)], "file_too_big"),
        (Message(kind="audio", body="x"), [attachment("audio", "audio/ogg")], "caption_not_allowed"),
        (Message(kind="image"), [], "one_file_each"),
        (Message(kind="order"), [], "kind_unsupported"),
    ],
)
def test_what_whatsapp_would_refuse_is_refused_before_it_is_queued(message, files, code):
    with pytest.raises(CannotRender) as refusal:
        check(message, files)
    assert refusal.value.code == code


def asked(count, **given):
    options = [{"id": str(place), "title": f"Opção {place}"} for place in range(1, count + 1)]
    choices = {"ask": "Qual?", "label": "Escolher", "options": options, **given}
    return sent(body="Qual?\n\n*[ 1 ]* - Opção 1", content={"automatic": "rating", "choices": choices})


def test_up_to_three_choices_are_buttons_and_more_are_a_list():
    few = asked(2)
    assert few["type"] == "interactive"
    assert few["interactive"]["type"] == "button"
    assert [one["reply"]["id"] for one in few["interactive"]["action"]["buttons"]] == ["1", "2"]
    many = asked(5)["interactive"]
    assert many["type"] == "list"
    assert many["action"]["button"] == "Escolher"
    assert len(many["action"]["sections"][0]["rows"]) == 5
    assert many["body"] == {"text": "Qual?"}


def test_choices_that_whatsapp_has_no_room_for_are_numbered_words():
    for body in (asked(11), asked(2, ask=""), asked(2, ask="a" * 4097)):
        assert body["type"] == "text"
        assert body["text"]["body"].startswith("Qual?")


def test_a_choice_that_is_too_long_for_its_line_stands_below_it_in_full():
    long = "Segunda via do boleto de novembro"
    options = [{"id": "1", "title": long}, {"id": "2", "title": "Sair"}]
    rows = asked(2, options=options)["interactive"]["action"]["sections"][0]["rows"]
    assert rows == [
        {"id": "1", "title": "Segunda via do boleto d…", "description": long},
        {"id": "2", "title": "Sair"},
    ]
