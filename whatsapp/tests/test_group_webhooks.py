"""Groups of the Cloud API, from the webhook to the ticket."""

import pytest

from whatsapp.cloud_api.payloads import interpret
from whatsapp.tests.conftest import MARIA, NUMBER_ID, WABA_ID, around

pytestmark = pytest.mark.django_db
GROUP = "Y2FwaV9ncm91cDoxNzA1NTU1MDEzOToxMjAzNjM0MDQ2OTQyMzM4MjAZD"
LIA = "5511911112222"


def written(number, body, wamid, *, user_id="BR.1", **extra):
    card = {"profile": {"name": f"Pessoa {number[-4:]}"}, "wa_id": number, "user_id": user_id}
    message = {"from": number, "from_user_id": user_id, "group_id": GROUP, "id": wamid,
               "timestamp": "1790000000", "type": "text", "text": {"body": body}, **extra}  # fmt: skip
    return around(contacts=[card], messages=[message])


def news(field, **item):
    metadata = {"display_phone_number": "15550783881", "phone_number_id": NUMBER_ID}
    group = {"timestamp": "1790000001", "group_id": GROUP, **item}
    value = {"messaging_product": "whatsapp", "metadata": metadata, "groups": [group]}
    return {"object": "whatsapp_business_account",
            "entry": [{"id": WABA_ID, "changes": [{"field": field, "value": value}]}]}  # fmt: skip


def received(wamid, state, who, at=1_790_000_100):
    return {"id": wamid, "status": state, "timestamp": str(at), "recipient_id": GROUP, "recipient_type": "group",
            "recipient_participant_id": who}  # fmt: skip


@pytest.fixture
def on(acme_world, ana):
    from tenants.actions import company

    with acme_world.scope():
        company.set_options({"groups": True}, by=ana)


def test_a_group_is_one_conversation_with_the_authors_of_its_messages(on, meta, number, messages, events):
    meta.post(news("group_lifecycle_update", type="group_create", subject="Futebol de terça"))
    meta.post(
        news("group_participants_update", type="group_participants_add", added_participants=[{"wa_id": LIA}])
    )
    meta.post(written(MARIA, "Quem joga?", "wamid.1"))
    meta.post(written(LIA, "Eu, @5511987654321", "wamid.2", user_id="BR.2"))
    assert [event.state for event in events()] == ["applied"] * 4
    first, second = messages()
    assert first.ticket_id == second.ticket_id
    contact = first.ticket.contact
    assert (contact.name, contact.is_group) == ("Futebol de terça", True)
    assert first.content["author"]["name"] == "Pessoa 4321"
    assert second.content["mentions"] == [{"text": "@5511987654321", "name": "Pessoa 4321", "contact": None}]


def test_while_groups_are_off_their_messages_stay_in_the_ledger(meta, number, messages, events):
    meta.post(written(MARIA, "Oi", "wamid.1"))
    assert messages() == []
    assert [(event.kind, event.state) for event in events()] == [("message", "skipped")]


def test_a_person_who_writes_alone_and_in_a_group_has_two_conversations(on, meta, number, messages):
    meta.post(written(MARIA, "No grupo", "wamid.1"))
    alone = written(MARIA, "Só para vocês", "wamid.2")
    del alone["entry"][0]["changes"][0]["value"]["messages"][0]["group_id"]
    meta.post(alone)
    meta.post(written(MARIA, "De novo no grupo", "wamid.3"))
    found = messages()
    assert len({message.ticket_id for message in found}) == 2
    person = next(message for message in found if message.body == "Só para vocês").ticket.contact_id
    last = next(message for message in found if message.body == "De novo no grupo")
    assert last.content["author"]["contact"] == person


def test_receipts_of_one_answer_come_together_and_are_counted(on, meta, number, messages, acme_world):
    meta.post(written(MARIA, "Oi", "wamid.1"))
    meta.post(written(LIA, "Oi", "wamid.2", user_id="BR.2"))
    ours = acme_world.message(
        messages()[0].ticket, "Olá a todos", direction="out", state="accepted", provider_id="wamid.9"
    )
    both = [received("wamid.9", "delivered", MARIA), received("wamid.9", "delivered", LIA)]
    meta.post(around(statuses=[*both, received("wamid.9", "read", LIA)]))
    with acme_world.scope():
        ours.refresh_from_db()
    assert ours.state == "delivered"
    assert sorted(ours.content["receipts"].values()) == ["delivered", "read"]


def test_what_failed_and_requests_to_join_change_nothing():
    failed = news("group_lifecycle_update", type="group_create", subject="X", errors=[{"code": 131215}])
    asked = news("group_participants_update", type="group_join_request_created", wa_id=LIA)
    assert [fact.kind for one in (failed, asked) for fact in interpret(one)] == ["unsupported"] * 2
