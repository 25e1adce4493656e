"""Asking how it was: after the end, in the chat, understood or asked again, and nothing else is lost over it."""

import pytest
from django.utils.timezone import now

from tickets.models import Rating
from whatsapp.tests.conftest import MARIA, text_from

pytestmark = pytest.mark.django_db
QUESTION = "Que nota você dá?"
THANKS = "Valeu!"


@pytest.fixture
def asking(street):
    street.options(rating="nps", rating_text=QUESTION, rating_thanks_text=THANKS, undo_seconds=10)
    return street


def talk(street, agent):
    """The agent answers Maria."""
    street.says("oi")
    street.client(agent).post(f"/api/tickets/{street.ticket().pk}/accept/")
    street.after(seconds=20)
    return street.ticket()


def close(street, agent, *, wait=12, status=200, **given):
    answer = street.client(agent).post(f"/api/tickets/{street.ticket().pk}/close/", given)
    assert answer.status_code == status, answer.content
    return street.after(seconds=wait)


@pytest.fixture
def closed(asking, sofia):
    talk(asking, sofia)
    assert close(asking, sofia) == [QUESTION]
    return asking


def rating(street, **query):
    rows = street.client().get("/api/ratings/", query).json()["results"]
    return rows[0] if rows else None


def test_the_answer_is_kept_and_the_ticket_stays_closed(closed, sofia):
    assert closed.says("9") == [THANKS]
    row = rating(closed)
    assert (row["state"], row["score"], row["scale"]) == ("answered", 9, "nps")
    assert row["agent"]["name"] == "Sofia"
    ticket = closed.ticket()
    assert (ticket.status, ticket.awaiting, ticket.unread_count, ticket.waiting_since) == (
        "closed",
        "",
        0,
        None,
    )
    assert closed.tickets() == 1
    steps = closed.client().get(f"/api/tickets/{ticket.pk}/history/").json()["results"]
    assert steps[-1]["kind"] == "rated"
    assert steps[-1]["data"]["score"] == 9


def test_while_it_is_awaited_the_ticket_says_so(closed):
    assert (closed.ticket().status, closed.ticket().awaiting) == ("closed", "rating")


def test_the_choices_of_one_to_five_are_numbered(asking, sofia):
    asking.options(rating="csat")
    talk(asking, sofia)
    (said,) = close(asking, sofia)
    assert said.startswith(QUESTION)
    assert "*[ 5 ]* - " in said
    assert asking.says("cinco") == [THANKS]
    assert rating(asking)["score"] == 5


def test_nothing_is_asked_before_undo_is_over(asking, sofia):
    ticket = talk(asking, sofia)
    assert close(asking, sofia, wait=5) == []
    assert asking.client(sofia).post(f"/api/tickets/{ticket.pk}/undo/").status_code == 200
    assert asking.after(seconds=60) == []
    assert rating(asking) is None


def test_who_opens_it_again_at_once_is_not_asked_about(asking, sofia):
    ticket = talk(asking, sofia)
    close(asking, sofia, wait=5)
    assert asking.client(sofia).post(f"/api/tickets/{ticket.pk}/reopen/").status_code == 200
    assert asking.after(seconds=60) == []


def test_a_silent_close_asks_nothing(asking, sofia):
    talk(asking, sofia)
    assert close(asking, sofia, silent=True) == []
    assert rating(asking) is None


def test_who_was_never_answered_is_not_asked(asking, sofia):
    asking.says("oi")
    assert close(asking, sofia) == []


def test_it_is_asked_again_when_not_understood_and_dropped_in_the_end(closed):
    closed.options(rating_tries=3)
    for words in ("11", "sei lá"):
        (said,) = closed.says(words)
        assert said.endswith(QUESTION)
    assert closed.says("hein") == []
    assert rating(closed)["state"] == "given_up"
    assert closed.tickets() == 1
    closed.says("oi")
    assert closed.tickets() == 2 or closed.ticket().status == "pending"


def test_another_matter_goes_the_ordinary_way_at_once(closed):
    closed.says("Bom dia, o produto que recebi ontem veio com defeito")
    assert closed.ticket().status == "pending"
    assert rating(closed)["state"] == "left"
    assert closed.ticket().unread_count == 1


MATTER = "E vocês entregam no sábado também? Preciso para o meu filho."


def test_an_answer_and_another_matter_in_quick_succession_are_both_heard(closed):
    closed.write("10")
    closed.says(MATTER)
    assert rating(closed)["score"] == 10
    assert closed.ticket().status == "pending"


def test_an_answer_and_another_matter_in_one_webhook_are_both_heard(closed):
    first, second = (text_from(MARIA, body, at=int(now().timestamp())) for body in ("10", MATTER))
    messages = [one["entry"][0]["changes"][0]["value"]["messages"] for one in (first, second)]
    messages[0].extend(messages[1])
    closed.post(first)
    assert closed.after(seconds=2) == [THANKS]
    assert rating(closed)["score"] == 10
    assert closed.ticket().status == "pending"
    assert closed.tickets() == 1


def test_the_comment_is_kept_with_the_score(closed):
    closed.options(rating_comment=True, rating_comment_text="Por quê?")
    assert closed.says("8") == ["Por quê?"]
    assert rating(closed)["state"] == "commenting"
    assert closed.says("Demorou um pouco, mas a Sofia resolveu tudo") == [THANKS]
    row = rating(closed)
    assert (row["score"], row["comment"]) == (8, "Demorou um pouco, mas a Sofia resolveu tudo")
    assert closed.tickets() == 1


def test_a_score_without_the_comment_counts_after_an_hour(closed):
    closed.options(rating_comment=True)
    closed.says("8")
    closed.after(minutes=61)
    row = rating(closed)
    assert (row["state"], row["score"], row["comment"]) == ("answered", 8, "")
    assert closed.ticket().awaiting == ""


def test_it_expires(closed):
    closed.options(rating_hours=24)
    closed.after(hours=25)
    assert rating(closed)["state"] == "expired"
    assert closed.ticket().awaiting == ""
    closed.says("9")
    assert rating(closed)["score"] is None


def test_reopened_by_an_agent_it_waits_no_more(closed, sofia):
    ticket = closed.ticket()
    closed.client(sofia).post(f"/api/tickets/{ticket.pk}/reopen/")
    closed.says("9")
    assert rating(closed)["score"] is None
    assert (closed.ticket().status, closed.ticket().awaiting) == ("open", "")
    assert close(closed, sofia) == [QUESTION]
    closed.says("7")
    with closed.world.scope():
        assert list(Rating.objects.order_by("id").values_list("state", "score")) == [
            ("left", None),
            ("answered", 7),
        ]


def test_the_same_customer_is_not_asked_too_often(closed, sofia):
    closed.options(rating_pause_days=7)
    closed.says("9")
    talk(closed, sofia)
    assert close(closed, sofia) == []
    closed.after(days=8)
    talk(closed, sofia)
    assert close(closed, sofia) == [QUESTION]


def test_agents_see_their_own_and_supervisors_all(closed, sofia, bruno):
    closed.says("9")
    assert rating(closed, ticket=closed.ticket().pk, lowest=9)
    assert rating(closed, highest=8) is None
    assert closed.client(bruno).get("/api/ratings/").json()["results"] == []
    assert closed.client(sofia).get(f"/api/ratings/?agent={sofia.pk}").json()["results"][0]["score"] == 9


def test_everyone_is_asked_in_their_own_chat(closed):
    closed.says("oi", "5511900000009")
    assert closed.says("9", MARIA) == [THANKS]


def test_the_numbers_of_many_are_one_average_and_a_score(closed, sofia):
    assert closed.says("9") == [THANKS]
    (nps,) = closed.client().get("/api/ratings/summary/").json()["scales"]
    assert nps == {
        "scale": "nps",
        "asked": 1,
        "answered": 1,
        "value": 100.0,
        "scores": [{"score": 9, "count": 1}],
    }
    assert closed.client().get("/api/ratings/summary/?highest=8").json() == {"scales": []}
