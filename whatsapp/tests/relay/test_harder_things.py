"""What is rarer: a message that cannot be read at first, groups, calls."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import orjson
import pytest

from tickets.models import Connection, Contact, Message
from tickets.transport import Address, Outgoing
from whatsapp.devices.interpret import interpret
from whatsapp.devices.render import render

GROUP = "120363000000000001@g.us"


def test_a_message_that_could_not_be_read_is_asked_for_and_comes_again(pair, relay):
    padaria, bia = pair
    bia.engine.do("send", padaria.number, {"conversation": "Primeira"})
    padaria.engine.until("message")
    padaria.engine.do("send", bia.number, {"conversation": "Recebida"})
    bia.engine.until("message")
    relay.people.spoiled = 1
    sent = bia.engine.do("send", padaria.number, {"conversation": "Segunda"})
    spoiled = padaria.engine.until("undecryptable", lambda one: one["info"]["id"] == sent["id"])
    heard = padaria.engine.until("message", lambda one: one["info"]["id"] == sent["id"])
    assert heard["message"] == {"conversation": "Segunda"}
    [notice], [message] = interpret(spoiled, 1), interpret(heard, 1)
    assert (notice.what.kind, message.what.kind) == ("unsupported", "text")
    assert notice.what.provider_id != message.what.provider_id
    relay.until("receipt", lambda way, who, node: (node.attrs.get("type"), who) == ("retry", "Padaria"))


@pytest.mark.parametrize(("error", "code"), [("463", "reachout_locked"), ("479", "refused")])
def test_what_the_server_refuses_is_surely_not_sent(pair, relay, error, code):
    padaria, bia = pair
    relay.people.errors = {bia.person.lid: error}
    assert padaria.engine.do("send", bia.number, {"conversation": "Oi"}) == ("NotSent", code)
    relay.people.errors = {}


def test_a_number_that_nobody_has_is_named(pair):
    padaria, _ = pair
    nobody = "5511946300000@s.whatsapp.net"
    assert padaria.engine.do("send", nobody, {"conversation": "Oi"}) == ("NotSent", "not_on_whatsapp")


def test_an_acknowledgement_that_is_lost_with_the_line_makes_no_second_message(pair, relay):
    """The engine says the same again, under the same id, and its peer takes it once."""
    padaria, bia = pair
    relay.people.unanswered, after = 1, len(padaria.engine.heard)
    with ThreadPoolExecutor() as aside:
        sending = aside.submit(padaria.engine.do, "send", bia.number, {"conversation": "Uma vez só"})
        heard = bia.engine.until("message", lambda one: one["message"] == {"conversation": "Uma vez só"})
        relay.cut(padaria.person)
        relay.restore(padaria.person)
        assert sending.result()["id"] == heard["info"]["id"]

    def comes_again(way, who, node):
        return way == "from" and who == "Padaria" and node.attrs["id"] == heard["info"]["id"]

    assert len([1 for one in relay.seen if one[2].tag == "message" and comes_again(*one)]) == 2
    padaria.engine.until("connected", after=after)
    last = padaria.engine.do("send", bia.number, {"conversation": "Depois"})
    bia.engine.until("message", lambda one: one["info"]["id"] == last["id"])
    told = [one for one in bia.engine.heard if one.get("message") == {"conversation": "Uma vez só"}]
    assert len(told) == 1


def test_a_group_hears_both_and_knows_who_wrote(pair, relay):
    padaria, bia = pair
    relay.people.groups[GROUP] = [padaria.person, bia.person]
    sent = bia.engine.do("send", GROUP, {"conversation": "Alguém viu meu gato?"})

    def is_it(one):
        return one["info"]["id"] == sent["id"] and "conversation" in one["message"]

    heard = padaria.engine.until("message", is_it)
    info = heard["info"]
    assert (info["id"], info["is_group"]) == (sent["id"], True)
    assert (info["chat"], info["sender"], info["sender_alt"]) == (GROUP, bia.hidden, bia.number)
    told = [one for one in padaria.engine.heard if one.get("info", {}).get("id") == sent["id"]]
    facts = [fact for one in told for fact in interpret(one, 1)]
    assert [fact.kind for fact in facts] == ["unsupported", "message"]  # the member's key, and the words
    assert len({fact.key for fact in facts}) == 2
    answer = padaria.engine.do("send", GROUP, {"conversation": "Está na padaria"})
    bia.engine.until("message", lambda one: one["info"]["id"] == answer["id"])
    bia.engine.do("mark_read", GROUP, padaria.hidden, [answer["id"]])
    read = padaria.engine.until("receipt", lambda one: (one["state"], one["ids"]) == ("read", [answer["id"]]))
    assert (read["chat"], read["sender"]) == (GROUP, bia.hidden)


def test_a_call_rings_and_is_missed(pair, relay):
    padaria, bia = pair
    relay.call(bia.person, padaria.person, "offer")
    ringing = padaria.engine.until("call")
    assert (ringing["state"], ringing["from"]) == ("ringing", bia.hidden)
    relay.call(bia.person, padaria.person, "terminate", reason="timeout")
    missed = padaria.engine.until("call", lambda one: one["state"] != "ringing")
    assert (missed["state"], missed["id"]) == ("missed", ringing["id"])


def test_what_an_agent_corrects_and_deletes_changes_on_the_customers_phone(pair, relay):
    padaria, bia = pair
    sent = padaria.engine.do("send", bia.number, {"conversation": "Sai às dez"})
    bia.engine.until("message", lambda one: one["info"]["id"] == sent["id"])
    told = []
    for change, words in (("correction", "Sai às onze"), ("removal", "")):
        said = Message(direction="out", kind="text", body=words, at=datetime.now(UTC))
        address = Address("phone", bia.number.partition("@")[0])
        outgoing = Outgoing(said, Contact(), (address,), cookie="", reply_to=sent["id"], change=change)
        wish = orjson.loads(render(Connection(), outgoing).body)
        answer = padaria.engine.do("send", wish["to"], wish["message"])
        heard = bia.engine.until("message", lambda one, id=answer["id"]: one["info"]["id"] == id)
        told += interpret(heard, 1)
    edit, removal = told
    assert (edit.kind, edit.what.target, edit.what.body) == ("edit", sent["id"], "Sai às onze")
    assert (removal.kind, removal.what.target) == ("removal", sent["id"])
