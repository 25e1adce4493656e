"""Files that one engine encrypts and we decrypt, and what the account's own telephone tells its linked engine.

A second engine that is linked to the same account plays that telephone: what it sends reaches the first as "ours".
"""

import base64
import zlib

import pytest

from whatsapp.devices import media
from whatsapp.devices.interpret import interpret
from whatsapp.tests.relay.process import linked
from whatsapp.tests.relay.protobuf import pack

CAKE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


@pytest.fixture(scope="module")
def telephone(relay, folder, pair):
    padaria, _ = pair
    with linked(relay, padaria.person, folder / "telephone.db") as engine:
        yield engine


def test_a_file_is_encrypted_by_the_engine_and_decrypted_by_us(pair, relay):
    padaria, bia = pair
    kept = bia.engine.do("upload", "image", {"hex": CAKE.hex()})
    picture = {**kept, "mimetype": "image/png", "caption": "O bolo"}
    sent = bia.engine.do("send", padaria.number, {"imageMessage": picture})
    heard = padaria.engine.until("message", lambda one: one["info"]["id"] == sent["id"])
    [fact] = interpret(heard, 1)
    file = fact.what.file
    assert (fact.what.kind, fact.what.body, file.mime) == ("image", "O bolo", "image/png")
    stored = relay.door.files[file.remote["directPath"]]
    assert CAKE[:64] not in stored
    assert b"".join(media.decrypted(iter([stored[:1000], stored[1000:]]), file.remote)) == CAKE


def test_what_is_written_on_the_telephone_is_ours(pair, telephone):
    padaria, bia = pair
    sent = telephone.do("send", bia.number, {"conversation": "Respondi do celular"})
    heard = padaria.engine.until("message", lambda one: one["info"]["id"] == sent["id"])
    [fact] = interpret(heard, 1)
    assert (fact.kind, fact.what.direction, fact.what.body) == ("phone", "out", "Respondi do celular")
    assert {one.value for one in fact.what.peer.addresses} == {bia.person.lid, bia.person.number}


def test_the_past_that_the_telephone_offers_is_read(pair, telephone):
    padaria, bia = pair

    def said(identity, at, body, **key):
        key = pack({1: bia.number.encode(), **({2: 1} if key else {}), 3: identity.encode()})
        return pack({2: pack({1: pack({1: key, 2: pack({1: body.encode()}), 3: at, 19: b"Bia"})})})

    chat = pack({1: bia.number.encode()})
    chat += said("OLD1", 1_700_000_000, "Bom dia") + said("OLD2", 1_700_000_060, "Oi!", ours=True)
    history = base64.b64encode(zlib.compress(pack({1: 0, 2: chat}))).decode()
    told = {"syncType": "INITIAL_BOOTSTRAP", "initialHistBootstrapInlinePayload": history}
    telephone.do(
        "send", padaria.number,
        {"protocolMessage": {"type": "HISTORY_SYNC_NOTIFICATION", "historySyncNotification": told}},
    )  # fmt: skip
    heard = padaria.engine.until("history")
    assert heard["chat"] == bia.number
    asked, answered = interpret(heard, 1)
    assert (asked.what.body, asked.what.direction, asked.what.is_past) == ("Bom dia", "in", True)
    assert (answered.what.body, answered.what.direction) == ("Oi!", "out")
    assert (answered.at - asked.at).total_seconds() == 60
