"""A number that lives in a phone as well: echoes of what is written there, its contacts, and its old chats."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from tickets.models import Contact, Notification, Ticket, Timer
from whatsapp.models import PhoneSync
from whatsapp.tests.conftest import MARIA, NUMBER_ID, WABA_ID, text_from

pytestmark = pytest.mark.django_db
OURS = "15550783881"
LATELY = 1_790_000_000


def change(field, **value):
    metadata = {"display_phone_number": OURS, "phone_number_id": NUMBER_ID}
    value = {"messaging_product": "whatsapp", "metadata": metadata, **value}
    entry = {"id": WABA_ID, "changes": [{"field": field, "value": value}]}
    return {"object": "whatsapp_business_account", "entry": [entry]}


def echo(body, wamid, *, at=LATELY, **other):
    said = {
        "from": OURS,
        "to": MARIA,
        "id": wamid,
        "timestamp": str(at),
        "type": "text",
        "text": {"body": body},
    }
    return change("smb_message_echoes", message_echoes=[said | other])


def old(body, wamid, *, at, ours=False, status="READ", **other):
    said = {
        "from": OURS if ours else MARIA, "id": wamid, "timestamp": str(at), "type": "text",
        "text": {"body": body}, "history_context": {"status": status},
    }  # fmt: skip
    return said | other


def history(*messages, phase=0, progress=55, order=1):
    metadata = {"phase": phase, "chunk_order": order, "progress": progress}
    chunk = {"metadata": metadata, "threads": [{"id": MARIA, "messages": list(messages)}]}
    return change("history", history=[chunk])


@pytest.fixture
def asked(acme_world, number):
    """The phone was asked for its contacts and chats."""
    with acme_world.scope():
        for kind in ("contacts", "history"):
            PhoneSync.objects.create(
                connection=number, kind=kind, state="asked", deadline=now() + timedelta(days=1)
            )

    def read(kind):
        with acme_world.scope():
            return PhoneSync.objects.get(kind=kind)

    return read


@pytest.fixture
def tickets(acme_world):
    def read():
        with acme_world.scope():
            return list(Ticket.objects.select_related("last_message", "contact").order_by("pk"))

    return read


def test_what_the_owner_writes_on_the_phone_is_an_answer_of_ours(meta, number, messages, tickets):
    meta.post(text_from(MARIA, "Tem pão?", at=LATELY))
    meta.post(echo("Tem sim!", "wamid.echo1", at=LATELY + 60))
    [question, answer] = messages()
    assert (answer.direction, answer.state, answer.author_id) == ("out", "sent", None)
    assert answer.content == {"by_phone": True}
    [ticket] = tickets()
    assert question.ticket_id == answer.ticket_id == ticket.pk
    assert (ticket.unread_count, ticket.waiting_since, ticket.last_message_id) == (0, None, answer.pk)


def test_an_echo_opens_no_window_and_alarms_nobody(meta, number, tickets, acme_world, bruno):
    meta.post(echo("Bom dia, Maria", "wamid.echo1"))
    [ticket] = tickets()
    assert (ticket.last_customer_at, ticket.window_expires_at) == (None, None)
    assert (ticket.unread_count, ticket.waiting_since) == (0, None)
    with acme_world.scope():
        assert not Notification.objects.exists()


def test_an_echo_that_comes_twice_is_kept_once(meta, number, messages):
    for at in (LATELY, LATELY + 1):  # other bytes, the same message
        meta.post(echo("Oi", "wamid.echo1", at=at))
    assert len(messages()) == 1


def test_after_an_echo_nothing_speaks_by_itself(meta, number, acme_world, tickets):
    with acme_world.scope():
        number.greeting = "Olá! Já respondemos."
        number.save()
    meta.post(text_from(MARIA, "Oi", at=LATELY))
    with acme_world.scope():
        assert Timer.objects.filter(kind="answer").count() == 1
    meta.post(echo("Oi, Maria!", "wamid.echo1", at=LATELY + 5))
    meta.post(text_from(MARIA, "Que bom", at=LATELY + 9))
    with acme_world.scope():
        assert not Timer.objects.filter(kind="answer").exists()


def test_what_is_edited_or_deleted_on_the_phone_changes_here_even_when_it_comes_first(meta, number, messages):
    edit = {"original_message_id": "wamid.echo1", "message": {"type": "text", "text": {"body": "Às 18h"}}}
    meta.post(echo("", "wamid.edit1", type="edit", edit=edit, at=LATELY + 9))
    meta.post(echo("Às 17h", "wamid.echo1"))
    [message] = messages()
    assert message.body == "Às 18h" and message.edited_at
    gone = {"original_message_id": "wamid.echo1"}
    meta.post(echo("", "wamid.gone1", type="revoke", revoke=gone, at=LATELY + 20))
    assert messages()[0].removed_at


def test_names_of_the_phones_book_fill_empty_names_only(meta, number, acme_world, asked):
    known = acme_world.contact("Maria da Padaria", MARIA)
    nameless = acme_world.contact("", "5511900001111")
    rows = [
        {"type": "contact", "action": "add", "metadata": {"timestamp": str(LATELY)}, "contact": contact}
        for contact in (
            {"full_name": "Maria Clara", "first_name": "Maria", "phone_number": MARIA},
            {"full_name": "Seu João", "first_name": "João", "phone_number": "5511900001111"},
            {"full_name": "Nova", "first_name": "Nova", "phone_number": "+55 11 90000-2222"},
        )
    ]
    gone = {"type": "contact", "action": "remove", "contact": {"phone_number": MARIA}}
    meta.post(change("smb_app_state_sync", state_sync=[*rows, gone]))
    with acme_world.scope():
        names = dict(Contact.objects.values_list("number", "name"))
    assert names == {MARIA: known.name, nameless.number: "Seu João", "5511900002222": "Nova"}
    assert (asked("contacts").state, asked("contacts").items) == ("done", 3)


def test_the_past_comes_with_its_own_dates_into_a_closed_ticket_without_alarms(
    meta, number, messages, tickets, acme_world, asked, bruno
):
    meta.post(
        history(
            old("Vocês abrem domingo?", "wamid.h1", at=LATELY - 900_000),
            old("Abrimos até 13h", "wamid.h2", at=LATELY - 890_000, ours=True, status="DELIVERED"),
            phase=1,
        )
    )
    [question, answer] = messages()
    assert [(one.direction, one.state) for one in (question, answer)] == [
        ("in", "received"),
        ("out", "delivered"),
    ]
    assert int(question.at.timestamp()) == LATELY - 900_000
    [ticket] = tickets()
    assert ticket.status == "closed" and ticket.closed_at == answer.at == ticket.last_message_at
    assert (ticket.unread_count, ticket.waiting_since, ticket.last_customer_at) == (0, None, None)
    with acme_world.scope():
        assert not Notification.objects.exists() and not Timer.objects.exists()
    row = asked("history")
    assert (row.state, row.phase, row.progress, row.items) == ("running", 1, 55, 2)


def test_a_live_message_and_its_copy_in_the_past_are_one_in_either_order(meta, number, messages, tickets):
    meta.post(text_from(MARIA, "ao vivo", wamid="wamid.a", at=LATELY))
    meta.post(history(old("ao vivo", "wamid.a", at=LATELY), old("antes", "wamid.b", at=LATELY - 500_000)))
    assert [(one.body, one.ticket.status) for one in messages()] == [
        ("ao vivo", "pending"),
        ("antes", "closed"),
    ]
    assert {one.status for one in tickets()} == {"pending", "closed"}


def test_placeholders_get_their_files_whichever_comes_first(meta, number, messages, acme_world):
    image = {"id": "9001", "mime_type": "image/jpeg", "sha256": "x", "caption": "O bolo"}
    file = {"from": MARIA, "id": "wamid.p1", "timestamp": str(LATELY), "type": "image", "image": image}
    other = file | {"id": "wamid.p2", "from": OURS, "to": MARIA}
    held = {"type": "media_placeholder", "text": None}
    meta.post(change("history", message_echoes=[other]))
    meta.post(
        history(old("", "wamid.p1", at=LATELY, **held), old("", "wamid.p2", at=LATELY, ours=True, **held))
    )
    meta.post(change("history", messages=[file]))
    rows = messages()
    assert {(one.provider_id, one.kind, one.body) for one in rows} == {
        ("wamid.p1", "image", "O bolo"), ("wamid.p2", "image", "O bolo"),
    }  # fmt: skip
    with acme_world.scope():
        assert [row.attachments.count() for row in rows] == [1, 1]


def test_progress_ends_at_a_hundred_and_never_goes_back(meta, number, asked):
    meta.post(history(old("c", "wamid.3", at=LATELY - 9_000_000), phase=2, progress=100))
    meta.post(history(old("b", "wamid.2", at=LATELY - 900_000), phase=1, progress=60))
    row = asked("history")
    assert (row.state, row.phase, row.progress, row.items) == ("done", 2, 100, 2)


def test_a_history_that_the_owner_does_not_share_is_told(meta, number, asked, as_, ana):
    why = {"code": 2593109, "message": "History sync is turned off by the business"}
    meta.post(change("history", history=[{"errors": [why]}]))
    assert (asked("history").state, asked("history").error) == ("declined", "declined")
    shown = as_(ana).get(f"/api/connections/{number.pk}/phone/").json()["syncs"]
    assert {one["kind"]: one["state"] for one in shown} == {"contacts": "asked", "history": "declined"}


def test_who_writes_after_the_import_begins_a_conversation_of_today(meta, number, messages, tickets):
    meta.post(history(old("antiga", "wamid.h1", at=LATELY - 900_000)))
    meta.post(text_from(MARIA, "Oi de novo", at=LATELY))
    assert [one.status for one in tickets()] == ["closed", "pending"]
    assert tickets()[1].unread_count == 1
