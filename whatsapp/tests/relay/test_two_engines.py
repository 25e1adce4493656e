"""Two real engines write to each other through our relay: what the library does, seen through our own engine.

WhatsApp's servers take no part in it. What that leaves unproved is told in docs/devices.md.
"""


def test_scanning_the_code_links_the_engine_to_its_account(pair):
    padaria, _ = pair
    heard = padaria.engine.heard[:3]
    assert [one["event"] for one in heard] == ["qr", "paired", "connected"]
    assert heard[0]["code"].startswith("https://wa.me/settings/linked_devices#2@")
    assert (heard[1]["jid"], heard[1]["name"]) == (padaria.number, "Padaria")
    assert (heard[2]["jid"], heard[2]["lid"]) == (padaria.number, padaria.hidden)


def test_a_text_arrives_and_the_answer_comes_back(pair):
    padaria, bia = pair
    sent = bia.engine.do("send", padaria.number, {"conversation": "Tem pão?"})
    heard = padaria.engine.until("message", lambda one: one["info"]["id"] == sent["id"])
    assert heard["message"] == {"conversation": "Tem pão?"}
    info = heard["info"]
    assert (info["chat"], info["sender_alt"], info["name"]) == (bia.hidden, bia.number, "Bia")
    assert (info["is_from_me"], info["is_group"]) == (False, False)
    answer = padaria.engine.do("send", info["chat"], {"conversation": "Tem!"})
    heard = bia.engine.until("message", lambda one: one["info"]["id"] == answer["id"])
    assert heard["message"] == {"conversation": "Tem!"}


def test_the_wire_does_not_say_that_a_program_wrote_it(pair, relay):
    padaria, bia = pair
    sent = padaria.engine.do("send", bia.number, {"conversation": "Bom dia"})
    wire = relay.until("message", lambda way, who, node: way == "from" and node.attrs["id"] == sent["id"])
    assert [part.tag for part in wire.children if part.tag == "bot"] == []
    assert b"Bom dia" not in repr(wire).encode()


def test_a_message_is_delivered_then_read(pair):
    padaria, bia = pair
    sent = padaria.engine.do("send", bia.number, {"conversation": "Pronto"})

    def receipt(state):
        return padaria.engine.until(
            "receipt", lambda one: (one["state"], one["ids"]) == (state, [sent["id"]])
        )

    assert receipt("delivered")["chat"] == bia.hidden
    heard = bia.engine.until("message", lambda one: one["info"]["id"] == sent["id"])
    bia.engine.do("mark_read", heard["info"]["chat"], heard["info"]["sender"], [sent["id"]])
    assert receipt("read")["at"] > 0


def test_reactions_edits_and_deletions_name_their_message(pair):
    padaria, bia = pair
    sent = padaria.engine.do("send", bia.number, {"conversation": "Fechamos as 18h"})
    bia.engine.until("message", lambda one: one["info"]["id"] == sent["id"])

    def heard(shop, part, kind=None):
        def names_it(one):
            found = one["message"].get(part, {})
            return found.get("key", {}).get("ID") == sent["id"] and found.get("type") == kind

        return shop.engine.until("message", names_it)["message"][part]

    key = {"remoteJID": padaria.hidden, "fromMe": False, "ID": sent["id"]}
    bia.engine.do("send", padaria.hidden, {"reactionMessage": {"key": key, "text": "👍"}})
    assert heard(padaria, "reactionMessage")["text"] == "👍"
    own = {"remoteJID": bia.number, "fromMe": True, "ID": sent["id"]}
    edit = {"key": own, "type": "MESSAGE_EDIT", "editedMessage": {"conversation": "Fechamos às 18h"}}
    padaria.engine.do("send", bia.number, {"protocolMessage": edit})
    assert heard(bia, "protocolMessage", "MESSAGE_EDIT")["editedMessage"] == {
        "conversation": "Fechamos às 18h"
    }
    padaria.engine.do("send", bia.number, {"protocolMessage": {"key": own, "type": "REVOKE"}})
    assert heard(bia, "protocolMessage", "REVOKE")


def test_typing_and_blocking_leave_for_the_right_person(pair, relay):
    padaria, bia = pair
    padaria.engine.do("typing", bia.hidden, is_typing=True)
    relay.until(
        "chatstate", lambda way, who, node: (way, who) == ("to", "Bia") and node.child("composing").tag
    )
    padaria.engine.do("block", bia.hidden, blocked=True)
    asked = relay.until("iq", lambda way, who, node: node.attrs.get("xmlns") == "blocklist")
    assert asked.child("item").attrs["action"] == "block"
    assert asked.child("item").attrs["jid"] == bia.hidden


def test_what_was_written_while_the_line_was_down_comes_after_it(pair, relay):
    padaria, bia = pair
    after = len(padaria.engine.heard)
    relay.cut(padaria.person)
    padaria.engine.until("disconnected", after=after)
    sent = [bia.engine.do("send", padaria.number, {"conversation": f"Alô {n}"})["id"] for n in range(3)]
    relay.restore(padaria.person)
    padaria.engine.until("connected", after=after)
    for one in sent:
        padaria.engine.until("message", lambda heard, one=one: heard["info"]["id"] == one)
    heard = [one["info"]["id"] for one in padaria.engine.heard[after:] if one.get("event") == "message"]
    assert heard == sent
