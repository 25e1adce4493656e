"""What linked devices hear, in the core's words: every case written by hand, and nonsense of every kind."""

import base64
import hashlib
import hmac
import os

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7
from hypothesis import given
from hypothesis import strategies as st

from tickets.transport import Address, Call, Edit, Inbound, Reaction, Receipt, Removal, TransportError
from whatsapp.devices import media
from whatsapp.devices.interpret import interpret
from whatsapp.devices.jids import address_of
from whatsapp.devices.link import LinkEvent
from whatsapp.devices.states import Standing, after

LID, PHONE, GROUP = "99887766554433@lid", "5511987654321@s.whatsapp.net", "120363025246125486@g.us"


def heard(message, **info):
    about = {"id": "3EB0", "chat": PHONE, "sender": PHONE, "name": "Maria", "at": 1_790_000_000, **info}
    return interpret({"event": "message", "info": about, "message": message}, 7)


def one(message, **info):
    (fact,) = heard(message, **info)
    return fact.what


# --- who ---


def test_a_hidden_id_never_becomes_a_phone_number():
    assert address_of(LID) == Address("lid", "99887766554433")
    assert address_of("5511987654321:12@s.whatsapp.net") == Address("phone", "5511987654321")
    assert address_of("status@broadcast") is None


def test_both_addresses_of_a_person_are_told():
    sender = one({"conversation": "Oi"}, chat=LID, sender=LID, sender_alt=PHONE).sender
    assert sender.addresses == (Address("lid", "99887766554433"), Address("phone", "5511987654321"))


def test_a_group_has_its_author():
    what = one({"conversation": "Oi, gente"}, chat=GROUP, sender=LID, sender_alt=PHONE)
    assert what.group == Address("group", "120363025246125486")
    assert what.sender.addresses[0] == Address("lid", "99887766554433")


def test_what_the_owner_writes_on_the_phone_is_an_answer():
    (fact,) = heard({"conversation": "Respondi aqui"}, is_from_me=True, chat=LID, recipient_alt=PHONE)
    assert (fact.kind, fact.what.direction, fact.what.is_past) == ("phone", "out", False)
    assert {one.kind for one in fact.what.peer.addresses} == {"lid", "phone"}


def test_old_messages_keep_their_dates_and_are_of_the_past():
    told = [
        {
            "info": {"id": "OLD1", "at": 1_700_000_000, "name": "Maria"},
            "message": {"conversation": "Bom dia"},
        },
        {
            "info": {"id": "OLD2", "at": 1_700_000_060, "is_from_me": True},
            "message": {"conversation": "Olá!"},
        },
        {"info": {"id": "OLD3", "at": 1_700_000_070}, "message": {}},
    ]
    asked, answered, empty = interpret({"event": "history", "chat": PHONE, "messages": told}, 7)
    assert (asked.what.direction, answered.what.direction) == ("in", "out")
    assert asked.what.is_past and asked.at.year == 2023
    assert (empty.kind, empty.what) == ("unsupported", None)


# --- what ---


def file_of(name, kind, **part):
    content = {"mediaKey": "a2V5", "mimetype": "image/jpeg", "directPath": "/v/x", "fileLength": "12", **part}
    what = one({name: content})
    assert (what.kind, what.file.kind) == (kind, kind)
    return what


def test_text_plain_quoted_and_forwarded():
    assert one({"conversation": "Oi"}).body == "Oi"
    quoting = {"text": "Sim", "contextInfo": {"stanzaID": "3EB9", "isForwarded": True}}
    what = one({"extendedTextMessage": quoting})
    assert (what.body, what.reply_to, what.is_forwarded) == ("Sim", "3EB9", True)


def test_files_of_every_kind():
    assert file_of("imageMessage", "image", caption="Foto").body == "Foto"
    assert file_of("videoMessage", "video").file.remote["kind"] == "video"
    assert file_of("audioMessage", "audio", PTT=True).file.is_voice
    assert file_of("documentMessage", "document", fileName="a.pdf").file.name == "a.pdf"
    assert file_of("stickerMessage", "sticker").body == ""


@pytest.mark.parametrize("wrapper", ["ephemeralMessage", "viewOnceMessageV2", "documentWithCaptionMessage"])
def test_envelopes_are_opened(wrapper):
    assert one({wrapper: {"message": {"conversation": "Oi"}}}).body == "Oi"


def test_places_cards_and_choices():
    place = one({"locationMessage": {"degreesLatitude": -23.5, "degreesLongitude": -46.6, "name": "Loja"}})
    assert (place.kind, place.body, place.content["latitude"]) == ("location", "Loja", -23.5)
    vcard = "BEGIN:VCARD\nFN:Rui\nTEL;waid=5511911112222:+55 11 91111-2222\nEND:VCARD"
    card = one({"contactMessage": {"displayName": "Rui", "vcard": vcard}})
    assert card.content["contacts"] == [{"name": "Rui", "phones": ["+55 11 91111-2222"], "emails": []}]
    tapped = one({"listResponseMessage": {"title": "Plano A", "singleSelectReply": {"selectedRowID": "a"}}})
    assert (tapped.kind, tapped.content["id"]) == ("list_reply", "a")


def test_what_we_cannot_show_is_named():
    assert one({"pollCreationMessageV3": {"name": "?"}}).content == {"type": "poll"}


def test_keys_and_settings_of_the_protocol_are_no_messages():
    (fact,) = heard({"senderKeyDistributionMessage": {"groupID": GROUP}})
    assert (fact.kind, fact.what) == ("unsupported", None)


def test_the_words_behind_a_members_key_count_though_they_share_its_id():
    (key,) = heard({"senderKeyDistributionMessage": {"groupID": GROUP}}, chat=GROUP, sender=LID)
    (words,) = heard({"conversation": "Oi, gente"}, chat=GROUP, sender=LID)
    assert (key.kind, words.kind) == ("unsupported", "message")
    assert key.key != words.key


def test_what_changes_an_earlier_message():
    key = {"key": {"ID": "3EB1"}}
    assert isinstance(one({"reactionMessage": {**key, "text": "👍"}}), Reaction)
    edit = one(
        {"protocolMessage": {**key, "type": "MESSAGE_EDIT", "editedMessage": {"conversation": "Novo"}}}
    )
    assert isinstance(edit, Edit)
    assert (edit.target, edit.body) == ("3EB1", "Novo")
    assert isinstance(one({"protocolMessage": {**key, "type": "REVOKE"}}), Removal)


def test_a_message_that_cannot_be_decrypted_is_shown_and_may_still_come():
    info = {"id": "3EB0", "chat": PHONE, "sender": PHONE, "at": 1_790_000_000}
    (lost,) = interpret({"event": "undecryptable", "info": info}, 7)
    (found,) = heard({"conversation": "Oi"})
    assert lost.what.content == {"type": "undecryptable"}
    assert lost.key != found.key
    assert lost.lane == found.lane


def test_receipts_name_each_message_and_in_groups_each_member():
    told = {"event": "receipt", "state": "read", "ids": ["A", "B"], "at": 1_790_000_000, "chat": PHONE}
    facts = interpret(told, 7)
    assert [fact.what.provider_id for fact in facts] == ["A", "B"]
    (fact, _) = interpret({**told, "chat": GROUP, "sender": LID}, 7)
    assert fact.what.participant == "99887766554433"
    assert isinstance(fact.what, Receipt)


def test_a_call_is_told():
    (fact,) = interpret(
        {"event": "call", "state": "ringing", "id": "C1", "from": PHONE, "at": 1_790_000_000}, 7
    )
    assert isinstance(fact.what, Call)


def test_two_connections_share_no_keys():
    info = {"id": "3EB0", "chat": PHONE, "sender": PHONE}
    document = {"event": "message", "info": info, "message": {"conversation": "Oi"}}
    assert interpret(document, 7)[0].key != interpret(document, 8)[0].key


NAMES = st.sampled_from(
    ["event", "info", "message", "id", "chat", "sender", "conversation", "imageMessage", "key", "ID", "ids",
     "protocolMessage", "type", "contactMessage", "locationMessage", "extendedTextMessage", "state", "at"]
)  # fmt: skip
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8),
              st.sampled_from([PHONE, LID, GROUP, "message", "receipt", "read", "call"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=25,
)  # fmt: skip


@given(VALUES)
def test_nothing_that_comes_can_break_it(document):
    facts = interpret(document, 7)
    assert facts
    assert all(len(fact.key) <= 220 and len(fact.lane) <= 220 for fact in facts)


NEWS = st.sampled_from(
    ["qr", "pair_timeout", "pair_failed", "paired", "restarting", "connected", "disconnected", "dial_failed",
     "logged_out", "replaced", "banned", "outdated", "refused"]
)  # fmt: skip


@given(st.lists(NEWS, max_size=30))
def test_whatever_happens_a_device_stands_somewhere(news):
    standing = Standing()
    for kind in news:
        standing = after(standing, LinkEvent(kind, {"code": 401}))
        assert 0 <= standing.attempt <= 6
        assert not (standing.is_stopped and standing.state == "online")


def test_a_401_right_after_linking_is_no_logout():
    standing = after(Standing(), LinkEvent("paired"))
    standing = after(standing, LinkEvent("restarting"))
    standing = after(standing, LinkEvent("logged_out", {"code": 401}))
    assert (standing.state, standing.is_linked) == ("connecting", True)
    online = after(standing, LinkEvent("connected"))
    assert after(online, LinkEvent("logged_out", {"code": 401})).state == "logged_out"


def test_a_passkey_is_named():
    assert (
        after(Standing(), LinkEvent("pair_failed", {"reason": "passkey required"})).state
        == "passkey_required"
    )


# --- files ---


def sealed(content, kind="image", media_key=None):
    """As WhatsApp keeps a file: AES-CBC, then ten bytes of a seal."""
    media_key = media_key or os.urandom(32)
    iv, key, mac_key = media.keys(media_key, kind)
    padding = PKCS7(128).padder()
    cipher = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    closed = cipher.update(padding.update(content) + padding.finalize()) + cipher.finalize()
    seal = hmac.new(mac_key, iv + closed, hashlib.sha256).digest()[:10]
    remote = {"kind": kind, "mediaKey": base64.b64encode(media_key).decode(),
              "fileSHA256": base64.b64encode(hashlib.sha256(content).digest()).decode()}  # fmt: skip
    return closed + seal, remote


def pieces(content, size):
    return iter([content[start : start + size] for start in range(0, len(content), size)])


@pytest.mark.parametrize("size", [1, 7, 16, 4096])
def test_a_file_is_decrypted_however_it_is_cut(size):
    content = os.urandom(1000)
    closed, remote = sealed(content)
    assert b"".join(media.decrypted(pieces(closed, size), remote)) == content


@pytest.mark.parametrize("place", [0, 500, -1])
def test_a_file_that_was_changed_is_refused(place):
    closed, remote = sealed(os.urandom(1000))
    damaged = bytearray(closed)
    damaged[place] ^= 1
    with pytest.raises(TransportError) as caught:
        list(media.decrypted(pieces(bytes(damaged), 64), remote))
    assert caught.value.code == "checksum"


def test_a_file_elsewhere_is_not_asked_for(settings):
    settings.WHATSAPP_MEDIA_HOSTS = [".whatsapp.net"]
    _, remote = sealed(b"x")
    with pytest.raises(TransportError) as caught, media.download({**remote, "URL": "https://evil.example/x"}):
        pass
    assert caught.value.code == "host_refused"


def test_messages_are_told_from_other_inbound():
    assert isinstance(one({"conversation": "Oi"}), Inbound)
