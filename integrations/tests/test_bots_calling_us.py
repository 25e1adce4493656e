"""What bots ask of us: answers that come later, and the files that customers sent."""

from typing import Any

import pytest

from integrations.actions import bot_turns, bots
from integrations.models import Bot, BotSession, Turn
from integrations.tests.bot_desk import answers, notes, says, set_up
from integrations.tests.bot_desk import desk as desk
from integrations.tests.bot_desk import office as office
from tickets.media import files
from tickets.models import Attachment

pytestmark = pytest.mark.django_db


@pytest.fixture
def promised(desk: Any, anonymous: Any) -> Any:
    """A bot that promised an answer to Maria; `promised.send(…)` is its call."""
    desk.bot = set_up(desk, answer_seconds=60)
    answers(desk, (202, {}))
    desk.asked = says(desk, "Tem em estoque?")
    with desk.acting():
        desk.token = bots.new_token(desk.bot, by=None)

    def send(token: str | None = None, **given: Any) -> Any:
        given.setdefault("session", desk.bots.calls[0]["body"]["sessionId"])
        path = f"/api/bots/{desk.bot.pk}/answer/"
        return anonymous.post(path, given, HTTP_X_BOT_TOKEN=desk.token if token is None else token)

    desk.send = send
    return desk


def test_an_answer_that_comes_later_is_said(promised):
    assert promised.paper.bodies == []
    assert promised.bots.calls[0]["body"]["answer_url"].endswith(f"/api/bots/{promised.bot.pk}/answer/")
    assert promised.send(replies=["Temos 3.", "Quer uma?"]).status_code == 202
    assert promised.paper.bodies == ["Temos 3.", "Quer uma?"]
    promised.after(seconds=90)
    assert promised.ticket(promised.asked.pk).awaiting == "bot"  # the promise was kept


def test_a_promise_that_is_not_kept_brings_people(promised):
    promised.after(seconds=61)
    ticket = promised.ticket(promised.asked.pk)
    assert ticket.awaiting == "" and "demorou demais" in notes(promised, ticket)[0]
    assert promised.send(reply="Temos 3.").json()["code"] == "bot_too_late"


def test_nothing_is_said_once_people_have_taken_over(promised):
    promised.answers(promised.bruno, promised.asked, "Temos sim!")
    answer = promised.send(reply="Temos 3.", closeTicket=True)
    assert (answer.status_code, answer.json()["code"]) == (409, "bot_too_late")
    assert promised.paper.bodies == ["Temos sim!"] and not promised.ticket(promised.asked.pk).is_closed


@pytest.mark.parametrize("token", ["", "bot_wrong"])
def test_only_the_bot_itself_may_answer(promised, token):
    assert promised.send(token=token, reply="Oi").status_code == 401
    assert promised.paper.bodies == []


def test_another_companys_bot_reaches_no_talk_of_ours(promised, rival_world, anonymous):
    with rival_world.scope():
        other = Bot.objects.create(name="Rival", kind="webhook", url="https://bot.example.com/", is_on=True)
        token = bots.new_token(other, by=None)
    given = {"session": promised.bots.calls[0]["body"]["sessionId"], "reply": "Oi"}
    answer = anonymous.post(f"/api/bots/{other.pk}/answer/", given, HTTP_X_BOT_TOKEN=token)
    assert answer.status_code == 409 and promised.paper.bodies == []
    assert (
        anonymous.post(f"/api/bots/{promised.bot.pk}/answer/", given, HTTP_X_BOT_TOKEN=token).status_code
        == 401
    )


def test_a_customers_file_is_read_through_its_address_and_no_other(desk, anonymous, time_machine):
    set_up(desk)
    answers(desk, {"reply": "Recebi"})
    ticket = desk.writes(desk.maria, "Segue o comprovante")
    with desk.world.scope():
        message = ticket.messages.get()
        file = Attachment.objects.create(
            message=message, kind="document", name="a b.pdf", mime="application/pdf", state="stored"
        )
        folder = files.new_folder(desk.world.company.pk, file.uuid)
        path = files.new_path(folder, ".pdf")
        path.write_bytes(b"%PDF-1.4")
        Attachment.objects.filter(pk=file.pk).update(path=files.relative(path))
    desk.after(seconds=2)
    sent = desk.bots.calls[0]["body"]["message"]["attachments"]
    assert (sent[0]["name"], sent[0]["mime"]) == ("a b.pdf", "application/pdf")
    address = "/api/bots/files/" + sent[0]["url"].split("/api/bots/files/")[1]
    answer = anonymous.get(address)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"%PDF-1.4")
    assert "attachment" in answer["Content-Disposition"]
    assert anonymous.get(address.replace("/files/", "/files/x")).status_code == 404
    desk.after(minutes=61)
    assert anonymous.get(address).status_code == 404


def test_a_repeated_job_asks_and_says_nothing_twice(desk):
    set_up(desk)
    answers(desk, {"reply": "Oi"})
    says(desk, "Oi")
    with desk.acting():
        bot_turns.reply(desk.world.company.pk, Turn.objects.get().pk)
    assert desk.paper.bodies == ["Oi"] and len(desk.bots.calls) == 1
    with desk.world.scope():
        assert BotSession.objects.get().unsaid == []
