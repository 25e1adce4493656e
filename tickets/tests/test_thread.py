"""The thread of a ticket: newest first, in pages, at the same cost for one message and for a hundred."""

from datetime import timedelta
from uuid import uuid4

import orjson
import pytest
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from tickets.models import Attachment, Message
from tickets.serializers.attachment import AttachmentSerializer
from tickets.serializers.message import MessageSerializer


@pytest.fixture
def thread(api, talk):
    return lambda query="": api.get(f"/api/tickets/{talk.pk}/messages/{query}")


def test_the_newest_message_comes_first(thread, acme_world, talk):
    acme_world.message(talk, "Cedo", at=now() - timedelta(hours=2))
    acme_world.message(talk, "Tarde", at=now())
    acme_world.message(talk, "Entre os dois", at=now() - timedelta(hours=1))
    shown = [row["body"] for row in thread().json()["results"]]
    assert shown == ["Tarde", "Entre os dois", "Cedo"]


def test_pages_meet_without_gap_or_repetition(thread, acme_world, talk):
    same_moment = now()
    for number in range(7):
        acme_world.message(talk, str(number), at=same_moment)
    seen, query = [], "?limit=3"
    while query is not None:
        page = thread(query).json()
        seen += [row["body"] for row in page["results"]]
        query = "?" + page["next"].split("?")[1] if page["next"] else None
    assert seen == ["6", "5", "4", "3", "2", "1", "0"]


def test_a_hundred_messages_cost_as_many_queries_as_one_and_stay_small(
    thread, acme_world, talk, bruno, django_assert_num_queries
):
    from django.db import connection

    asked = acme_world.message(talk, "Bom dia, gostaria de saber o preço do conserto da bicicleta, por favor")
    with CaptureQueriesContext(connection) as one:
        thread()
    for number in range(99):
        mine = number % 2
        acme_world.message(
            talk,
            "Bom dia, gostaria de saber o preço do conserto da bicicleta, por favor",
            direction="out" if mine else "in",
            author=bruno if mine else None,
            reply_to=asked if number % 10 == 0 else None,
        )
    with CaptureQueriesContext(connection) as hundred:
        answer = thread()
    assert len(answer.json()["results"]) == 100
    assert len(hundred) == len(one)
    assert len(answer.content) < 52_000


def test_the_row_has_the_keys_that_it_declares(acme_world, talk):
    message = acme_world.message(talk)
    with acme_world.scope():
        file = Attachment.objects.create(message=message, kind="image", mime="image/png")
    assert list(MessageSerializer(message).data) == list(MessageSerializer().fields)
    assert list(AttachmentSerializer(file).data) == list(AttachmentSerializer().fields)
    orjson.dumps(MessageSerializer(message).data)


def test_the_database_and_the_serializer_say_the_same(thread, acme_world, talk, bruno):
    asked = acme_world.message(talk, "Quanto custa? " * 30)
    error = {"code": "x", "title": "X", "detail": "", "action": "retry"}
    acme_world.message(
        talk, "R$ 10", direction="out", author=bruno, reply_to=asked, state="failed", error=error
    )
    photo = acme_world.message(talk, "Olha só", kind="image", content={"a": [1]}, client_id=uuid4())
    voice = acme_world.message(talk, "", kind="audio", at=now().replace(microsecond=0))
    with acme_world.scope():
        Attachment.objects.create(
            message=photo, kind="image", mime="image/png", name="são joão 100%.png", width=3
        )
        Attachment.objects.create(
            message=voice, kind="audio", mime="audio/ogg", playable_path="a", thumbnail_path="b",
            duration=2.5, waveform=[1, 2], is_voice=True, state="stored",
        )  # fmt: skip
        rows = Message.objects.with_parts().order_by("-at", "-id")
        expected = [MessageSerializer(row).data for row in rows]
    assert thread().json()["results"] == expected


def test_agents_of_other_queues_do_not_see_the_thread(as_, clara, talk):
    assert as_(clara).get(f"/api/tickets/{talk.pk}/messages/").status_code == 404


@pytest.mark.parametrize("query", ["?cursor=nonsense", "?limit=0", "?limit=101", "?limit=x"])
def test_a_bad_page_address_is_a_clear_refusal(thread, query):
    assert thread(query).status_code == 400
