"""Parked replies: written outside the 24-hour window, they leave when the customer answers, in order and once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import TestCase
from django.utils.timezone import now

from tests.support.client import ApiClient
from tickets.actions import outbound, parking
from tickets.models import Message, Ticket
from tickets.tests.office import Office
from tickets.transport import Postponed, Receipt, Refused

HELLO = {"name": "hello_again", "language": "pt_BR"}


@pytest.fixture
def desk(office: Office, line, paper, bruno, sales):
    return Desk(office, line, paper, bruno, sales)


class Desk:
    """Bruno's ticket with Maria, whose window has closed."""

    def __init__(self, office, line, paper, bruno, sales):
        self.office, self.paper, self.bruno = office, paper, bruno
        line.queue = sales
        self.maria = office.customer()
        self.ticket = office.writes(self.maria)
        self.client().post(f"/api/tickets/{self.ticket.pk}/accept/")
        office.after(hours=25)

    def client(self, user=None):
        """Signed in now: tokens do not live as long as the tests travel."""
        return ApiClient().sign_in(user or self.bruno)

    def park(self, body, template=HELLO, *, status=201, **given):
        given = {
            "client_id": str(uuid4()),
            "kind": "text",
            "body": body,
            "park": {"template": template},
            **given,
        }
        answer = self.client().post(f"/api/tickets/{self.ticket.pk}/messages/", given, format="json")
        assert answer.status_code == status, answer.content
        return answer.json()

    def do(self, pk, verb, **given):
        return self.client().post(f"/api/messages/{pk}/{verb}/", given, format="json")

    def answers(self, body="Oi, voltei"):
        self.office.writes(self.maria, body)

    def sweep(self):
        with TestCase.captureOnCommitCallbacks(execute=True):
            parking.sweep()
            outbound.sweep()

    def states(self):
        with self.office.world.scope():
            rows = Message.objects.filter(ticket=self.ticket.pk, direction="out").order_by("id")
            return [(row.body or row.kind, row.state) for row in rows]

    @property
    def texts(self):
        return [one["body"] for one in self.paper.sent if one["kind"] == "text"]


def test_the_template_leaves_and_the_text_waits(desk):
    answer = desk.park("Seu pedido chegou")
    assert answer["state"] == "parked"
    assert [one["kind"] for one in answer["also"]] == ["template"]
    assert desk.states() == [("template", "accepted"), ("Seu pedido chegou", "parked")]
    assert desk.texts == []


def test_the_answer_lets_the_texts_go_in_the_order_they_were_written(desk):
    desk.park("um")
    desk.park("dois", None)
    desk.park("três", None)
    desk.answers()
    assert desk.texts == ["um", "dois", "três"]
    desk.answers("e mais?")
    assert desk.texts == ["um", "dois", "três"]


def test_what_is_written_after_the_answer_leaves_behind_what_was_parked(desk):
    desk.park("um")
    desk.paper.answers = [Postponed("pair_rate_limited", "", "lane", 30)]
    desk.answers()
    with desk.office.acting():
        outbound.send(desk.office.ticket(desk.ticket.pk), by=desk.bruno, client_id=uuid4(), body="dois")
    desk.office.after(seconds=60)
    desk.sweep()
    assert desk.texts == ["um", "dois"]


def test_it_stands_below_the_answer_that_it_waited_for(desk):
    desk.park("um")
    desk.answers("Oi, voltei")
    answer = desk.client().get(f"/api/tickets/{desk.ticket.pk}/messages/").json()["results"]
    assert [row["body"] for row in answer[:2]] == ["um", "Oi, voltei"]
    assert desk.client().get(f"/api/tickets/{desk.ticket.pk}/").json()["last_message"]["preview"] == "um"


def test_the_same_request_again_parks_nothing_more(desk):
    token = str(uuid4())
    first = desk.park("um", client_id=token)
    again = desk.park("um", client_id=token, status=200)
    assert again["id"] == first["id"]
    assert len(desk.states()) == 2


def test_nothing_is_held_when_the_customer_was_faster(desk):
    desk.answers()
    answer = desk.park("Já posso?")
    assert (answer["state"], answer["also"]) == ("queued", [])
    assert desk.texts == ["Já posso?"]
    assert all(one["kind"] != "template" for one in desk.paper.sent)


def test_closing_the_ticket_cancels_it_and_says_why(desk):
    desk.park("um")
    desk.office.closes(desk.bruno, desk.ticket)
    with desk.office.world.scope():
        message = Message.objects.get(body="um")
    assert (message.state, message.error["code"]) == ("cancelled", "parked_ticket_closed")
    desk.answers()
    assert desk.texts == []


def test_taking_the_closing_back_lets_it_wait_again(desk):
    desk.park("um")
    desk.office.closes(desk.bruno, desk.ticket)
    assert desk.client().post(f"/api/tickets/{desk.ticket.pk}/undo/").status_code == 200
    assert desk.states()[-1] == ("um", "parked")
    desk.answers()
    assert desk.texts == ["um"]


def test_when_the_window_closes_again_before_it_left_it_waits_again(desk):
    desk.park("um")
    desk.paper.answers = [Postponed("pair_rate_limited", "", "lane", 60)]
    desk.answers()
    desk.office.after(hours=25)
    desk.sweep()
    assert desk.states()[-1] == ("um", "parked")
    desk.answers("desculpe")
    assert desk.texts == ["um"]


@pytest.mark.parametrize("by", ["answer", "receipt"])
def test_when_whatsapps_clock_says_closed_it_waits_again(desk, by):
    desk.park("um")
    error = {"code": "window_closed", "title": "", "detail": "", "action": "template"}
    if by == "answer":
        desk.paper.answers = [Refused("window_closed", "Too late", "", window_closed=True)]
        desk.answers()
    else:
        from tickets.actions import receipts

        desk.answers()
        with desk.office.acting():
            message = Message.objects.get(body="um")
            receipts.record(message.connection, Receipt(message.provider_id, "failed", now(), error=error))
        desk.paper.sent.clear()
    assert desk.states()[-1] == ("um", "parked")
    desk.sweep()
    desk.answers("de novo")
    assert desk.texts == ["um"]


def test_an_old_message_that_arrives_late_opens_nothing(desk):
    desk.park("um")
    desk.office.writes(desk.maria, "atrasada", at=now() - timedelta(hours=24))
    assert desk.texts == []
    assert desk.states()[-1] == ("um", "parked")


def test_it_can_be_rewritten_and_taken_back(desk):
    first, second = desk.park("um"), desk.park("dois", None)
    changed = desk.do(first["id"], "rewrite", body="um, corrigido")
    assert (changed.status_code, changed.json()["body"]) == (200, "um, corrigido")
    assert desk.do(second["id"], "cancel").json()["state"] == "cancelled"
    desk.answers()
    assert desk.texts == ["um, corrigido"]
    assert desk.do(first["id"], "rewrite", body="tarde").json()["code"] == "wrong_state"


def test_an_agent_of_another_queue_cannot_rewrite_it(desk, clara):
    parked = desk.park("um")
    answer = desk.client(clara).post(f"/api/messages/{parked['id']}/rewrite/", {"body": "x"}, format="json")
    assert answer.status_code == 404


def test_a_merge_with_a_living_conversation_lets_it_go(desk, acme_world):
    desk.park("um")
    with acme_world.scope():
        Ticket.objects.filter(pk=desk.ticket.pk).update(status="closed")
        Message.objects.filter(body="um").update(state="parked")
    other = desk.office.writes(desk.maria, "Oi")
    client = desk.client(acme_world.person("Vera", "admin"))
    answer = client.post(f"/api/tickets/{desk.ticket.pk}/merge/", {"into": other.pk}, format="json")
    assert answer.status_code == 200, answer.content
    assert desk.texts == ["um"]


def test_a_file_can_be_parked_as_well(desk, settings, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.MEDIA_ROOT = tmp_path
    client = desk.client()
    file = SimpleUploadedFile("nota.txt", b"Nota fiscal", "text/plain")
    upload = client.post("/api/uploads/", {"file": file}, format="multipart").json()
    desk.park("Segue a nota", kind="media", attachments=[upload["id"]])
    assert desk.paper.uploads == []
    desk.answers()
    assert [one["kind"] for one in desk.paper.sent] == ["template", "document"]


def test_buttons_can_be_parked_as_well(desk):
    buttons = {"buttons": [{"id": "pick", "title": "Retiro"}, {"id": "send", "title": "Entreguem"}]}
    desk.park("Retira ou entregamos?", kind="buttons", content=buttons)
    desk.answers()
    assert [one["kind"] for one in desk.paper.sent] == ["template", "buttons"]
    assert [one["title"] for one in desk.paper.sent[-1]["content"]["buttons"]] == ["Retiro", "Entreguem"]


@pytest.mark.parametrize("kind", ["note", "template"])
def test_only_what_waits_for_an_answer_can_be_parked(desk, kind):
    more = {"kind": kind, "template": HELLO if kind == "template" else None}
    assert "park" in desk.park("um", status=400, **more)["fields"]


def test_what_a_crash_left_parked_is_found(desk, acme_world):
    desk.park("um")
    with acme_world.scope():
        Ticket.objects.filter(pk=desk.ticket.pk).update(last_customer_at=now())
    desk.sweep()
    assert desk.texts == ["um"]
