"""However the rules are combined and whatever customers write: automatic texts never loop, nor leave too late."""

import itertools
import os
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tickets.actions.automatic import MOST_PER_HOUR
from tickets.models import Message
from tickets.models.message import Direction
from tickets.models.ticket import WINDOW

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]
EXAMPLES = max(8, int(os.environ.get("FUZZ_CASES", "0")) // 500)
MOST_AT_ONCE = 5  # thanks for the consent, a greeting, the queue's text, its files, the position
ROBOT = "Olá! Sou o robô da Loja. Digite uma opção."

_customers = itertools.count(5521970000001)
switches = st.fixed_dictionaries(
    {key: st.booleans() for key in ("consent", "position", "vacation", "greet_single", "farewell_waiting")}
    | {
        "menu_max_tries": st.sampled_from([0, 3]),
        "menu_pause_minutes": st.sampled_from([0, 30]),
        "hours_of": st.sampled_from(["off", "company", "queue"]),
        "consent_each_ticket": st.booleans(),
        "consent_max_tries": st.sampled_from([0, 2]),
    }
)
writes = st.tuples(
    st.just("writes"), st.sampled_from(["oi", "1", "2", "3", "#", "não", "sair", "pastel", ROBOT])
)
waits = st.tuples(st.just("waits"), st.sampled_from([0.1, 1, 10, 23.9, 25, 72]))
echoes = st.tuples(st.just("echoes"), st.just(40))
days = st.lists(st.one_of(writes, writes, writes, waits, echoes), min_size=3, max_size=12)


@pytest.fixture
def shop(street, sales, support):
    """A number with a menu of two queues, hours, and words for everything."""
    hours = street.make("hours", name="Office", weekly={"mon": [["09:00", "12:00"], ["13:00", "18:00"]]})
    options = [
        {"title": queue.name, "kind": "queue", "queue": queue.pk, "text": "Um momento."}
        for queue in (sales, support)
    ]
    menu = street.make("menus", name="Main", text="Olá, {{firstName}}!", options=options)
    street.number_has(menu=menu["id"], queue=None, greeting="{{ms}}!")
    street.options(hours=hours["id"])
    return street


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(switches, days)
def test_automatic_texts_neither_loop_nor_leave_when_the_window_is_closed(shop, rules, story):
    shop.options(**rules)
    who = str(next(_customers))
    for act, value in story:
        if act == "waits":
            shop.after(hours=value)
        elif act == "writes":
            assert len(shop.says(value, who)) <= MOST_AT_ONCE
        else:
            robots_meet(shop, who, value)
    with shop.world.scope():
        messages = list(Message.objects.filter(ticket__contact__number=who).order_by("at", "pk"))
    heard = [one.at for one in messages if one.direction == Direction.IN]
    said = [one for one in messages if one.direction == Direction.OUT]
    assert all("automatic" in one.content for one in said)
    for one in said:
        assert any(at <= one.at < at + WINDOW for at in heard)
        hour = [other for other in said if one.at - timedelta(hours=1) < other.at <= one.at]
        assert len([other for other in hour if other.ticket_id == one.ticket_id]) <= MOST_PER_HOUR


def robots_meet(shop, who, times):
    """Another robot answers each of our texts at once."""
    answers = shop.says(ROBOT, who)
    for _ in range(times):
        if not answers:
            return
        assert len(answers) <= MOST_AT_ONCE
        answers = shop.says(answers[-1], who)
