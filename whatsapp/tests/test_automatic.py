"""What the company says by itself about hours, holidays and the steps of a conversation."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test.testcases import TestCase
from django.utils.timezone import now

from tickets.tests import paper as on_paper

pytestmark = pytest.mark.django_db
OFFICE = [["09:00", "12:00"], ["13:00", "18:00"]]
WEEK = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), OFFICE)
CLOSED = "Estamos fechados."


def sao_paulo(text):
    return datetime.fromisoformat(f"{text}-03:00").astimezone(UTC)


@pytest.fixture
def hours(street):
    made = street.make(
        "hours", name="Office", weekly=WEEK, holidays=[{"date": "2026-12-25", "name": "Natal"}]
    )
    street.options(hours=made["id"], hours_of="company", out_of_hours_text=CLOSED)
    return made


@pytest.fixture
def talk(street, sofia):
    """Sofia answers Maria."""
    street.says("oi")
    street.client(sofia).post(f"/api/tickets/{street.ticket().pk}/accept/")
    street.new()
    return street.ticket()


def act(street, who, name, ticket=None, **body):
    ticket = ticket or street.ticket()
    answer = street.client(who).post(f"/api/tickets/{ticket.pk}/{name}/", body)
    assert answer.status_code == 200, answer.content
    return street.after(seconds=60)


# --- hours ---


def test_out_of_hours_is_said_once_in_each_closed_period(street, hours):
    street.at(sao_paulo("2026-11-23T18:30:00"))
    assert street.says("oi") == [CLOSED]
    assert street.says("alguém?") == []
    street.at(sao_paulo("2026-11-24T08:59:00"))
    assert street.says("bom dia") == []
    street.at(sao_paulo("2026-11-24T12:30:00"))  # lunch is another closed period
    assert street.says("oi") == [CLOSED]
    street.at(sao_paulo("2026-11-24T13:00:00"))
    assert street.says("oi") == []


def test_a_new_conversation_in_the_same_closed_period_hears_it_no_second_time(street, hours, ana):
    street.number_has(reopen_minutes=0)
    street.at(sao_paulo("2026-11-23T22:00:00"))
    street.says("oi")
    act(street, ana, "close")
    assert street.says("oi de novo") == []
    assert street.tickets() == 2


def test_the_companys_own_clock_counts(street, hours):
    street.client().patch("/api/company/", {"timezone": "America/Manaus"})
    street.at(sao_paulo("2026-11-23T18:30:00"))  # 17:30 there
    assert street.says("oi") == []


def test_a_holiday_is_closed(street, hours):
    street.at(sao_paulo("2026-12-25T10:00:00"))
    assert street.says("oi") == [CLOSED]


def test_the_number_may_have_hours_and_words_of_its_own(street, hours):
    night = street.make("hours", name="Night", weekly={"mon": [["20:00", "02:00"]]})
    street.options(hours_of="connection")
    street.number_has(hours=night["id"], out_of_hours="Abrimos às 20h.")
    street.at(sao_paulo("2026-11-23T14:00:00"))
    assert street.says("oi") == ["Abrimos às 20h."]
    street.at(sao_paulo("2026-11-24T01:30:00"))
    assert street.says("oi", "5521988887777") == []


def test_hours_of_a_queue_count_after_it_was_chosen_and_each_rule_speaks_once(street, hours, sales, support):
    night = street.make("hours", name="Night", weekly={"mon": [["20:00", "23:00"]]})
    street.options(hours_of="queue")
    street.change("queues", support.pk, hours=night["id"], out_of_hours="O suporte abre às 20h.")
    options = [
        {"title": "Vendas", "kind": "queue", "queue": sales.pk, "text": "Vendas!"},
        {"title": "Suporte", "kind": "queue", "queue": support.pk, "text": "Suporte!"},
    ]
    street.number_has(menu=street.make("menus", name="Main", options=options)["id"], queue=None)
    street.at(sao_paulo("2026-11-23T19:00:00"))  # the company is closed, nobody has chosen yet
    assert street.says("oi")[0].startswith("Escolha")
    assert street.says("2") == ["Suporte!", "O suporte abre às 20h."]
    assert street.says("e agora?") == []
    street.says("#")
    assert street.says("1") == ["Vendas!", CLOSED]  # Sales has the company's hours: another rule


def test_without_the_switch_nothing_is_said(street, hours):
    street.options(out_of_hours=False)
    street.at(sao_paulo("2026-11-23T22:00:00"))
    assert street.says("oi") == []


def test_who_has_an_agent_is_told_nothing(street, hours, talk):
    street.at(sao_paulo("2026-11-23T22:00:00"))
    assert street.says("oi") == []


def test_during_the_company_holiday_each_customer_hears_it_once_a_day(street, hours):
    street.options(
        vacation=True, vacation_from="2026-12-21", vacation_until="2027-01-04", vacation_text="Férias!"
    )
    seen = {}
    for moment in ("12-20T10:00", "12-21T00:05", "12-21T23:00", "12-22T10:00"):
        street.at(sao_paulo(f"2026-{moment}:00"))
        seen[moment] = street.says("oi")
    assert seen == {
        "12-20T10:00": [CLOSED],
        "12-21T00:05": ["Férias!"],
        "12-21T23:00": [],
        "12-22T10:00": ["Férias!"],
    }


# --- steps of a conversation ---


def test_accepting_says_who_answers(street, sofia):
    street.options(acceptance=True, acceptance_text="Aqui é {{userName}}.")
    street.says("oi")
    assert act(street, sofia, "accept") == ["Aqui é Sofia."]


def test_nobody_is_introduced_who_has_begun_to_talk(street, sofia):
    street.options(acceptance=True, acceptance_text="Aqui é {{userName}}.")
    street.says("oi")
    place, client = f"/api/tickets/{street.ticket().pk}", street.client(sofia)
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(f"{place}/accept/")
        client.post(f"{place}/messages/", {"client_id": str(uuid4()), "kind": "text", "body": "Já vejo"})
    assert street.after(seconds=60) == ["Já vejo"]


def test_accepting_is_silent_by_default(street, sofia):
    street.says("oi")
    assert act(street, sofia, "accept") == []


def test_a_transfer_is_told_with_the_name_of_the_queue(street, sofia, talk, support):
    street.options(transfer=True, transfer_text="Você foi para ${queue.name} ({{queue}}).")
    assert act(street, sofia, "transfer", queue=support.pk) == ["Você foi para Support (Support)."]


def test_an_agents_words_take_the_place_of_the_transfer_text(street, sofia, talk, support):
    street.options(transfer=True)
    assert act(street, sofia, "transfer", queue=support.pk, message="Já te ajudam lá.") == [
        "Já te ajudam lá."
    ]


def test_closing_says_goodbye(street, sofia, talk):
    street.options(farewell=True, farewell_text="Tchau, {{firstName}}!")
    assert act(street, sofia, "close") == ["Tchau, Maria!"]


def test_the_farewell_waits_until_closing_can_no_longer_be_undone(street, sofia, talk):
    street.options(farewell=True, farewell_text="Tchau!")
    client = street.client(sofia)
    client.post(f"/api/tickets/{talk.pk}/close/")
    assert street.after(seconds=5) == []
    assert client.post(f"/api/tickets/{talk.pk}/undo/").status_code == 200
    assert street.after(seconds=60) == []
    assert street.ticket().status == "open"


def test_the_numbers_farewell_comes_before_the_companys_and_the_agents_before_both(street, sofia, talk):
    street.options(farewell=True, farewell_text="Da empresa.")
    street.number_has(farewell="Do número.")
    assert act(street, sofia, "close") == ["Do número."]
    client = street.client(sofia)
    assert (
        client.patch("/api/auth/me/", {"farewell": "Da {{userName}}."}).json()["farewell"]
        == "Da {{userName}}."
    )
    client.post(f"/api/tickets/{talk.pk}/reopen/")
    street.after(seconds=60)
    assert act(street, sofia, "close") == ["Da Sofia."]


def test_who_was_never_answered_hears_a_farewell_only_by_option(street, ana):
    street.options(farewell=True, farewell_text="Tchau!")
    street.says("oi")
    assert act(street, ana, "close") == []
    street.says("oi")
    street.options(farewell_waiting=True)
    assert act(street, ana, "close") == ["Tchau!"]


def test_our_own_farewell_sent_back_does_not_reopen(street, sofia, talk):
    street.options(farewell=True, farewell_text="Tchau, {{firstName}}!")
    act(street, sofia, "close")
    assert street.says("Tchau, Maria!") == []
    assert (street.ticket().status, street.tickets()) == ("closed", 1)
    street.says("Mas espera")
    assert (street.ticket().status, street.tickets()) == ("pending", 1)


def test_a_refused_voice_message_is_quoted(street, talk):
    street.options(accept_audio=False, audio_refusal_text="Escreva, por favor.")
    wamid = street.speak()
    assert street.after(seconds=2) == ["Escreva, por favor."]
    assert on_paper.post.sent[-1]["reply_to"] == wamid


def test_voice_messages_are_welcome_by_default(street, talk):
    street.speak()
    assert street.after(seconds=2) == []


@pytest.mark.parametrize(("company", "contact", "answers"), [(True, False, 1), (False, True, 0)])
def test_a_contact_may_have_another_rule_for_voice_messages(street, talk, company, contact, answers):
    street.options(accept_audio=company, audio_refusal_text="Escreva, por favor.")
    street.change("contacts", talk.contact_id, accepts_audio=contact)
    street.speak()
    assert len(street.after(seconds=2)) == answers


def test_who_calls_is_asked_to_write_once_for_each_call(street, talk):
    street.options(accept_calls=False, call_refusal_text="Escreva, por favor.")
    street.calls("ringing")
    assert street.after(seconds=2) == ["Escreva, por favor."]
    street.calls("missed")  # the same call goes on
    assert street.after(seconds=2) == []


def test_who_calls_before_anybody_answered_is_asked_to_write_as_well(street):
    street.options(accept_calls=False)
    street.calls("missed")
    assert street.after(seconds=2) == [
        "Não atendemos chamadas neste número. Por favor, escreva a sua mensagem."
    ]


@pytest.mark.parametrize(("accepts", "how"), [(True, "missed"), (False, "answered")])
def test_calls_that_are_taken_are_not_refused(street, talk, accepts, how):
    street.options(accept_calls=accepts)
    street.calls(how)
    assert street.after(seconds=2) == []


def test_nothing_leaves_when_the_window_is_closed(street, sofia, talk):
    street.options(farewell=True, farewell_text="Tchau!")
    street.at(now() + timedelta(hours=25))
    assert act(street, sofia, "close") == []
    assert street.ticket().status == "closed"


def test_nothing_is_said_to_who_wants_no_bots(street, sofia, talk):
    street.options(farewell=True, acceptance=True, farewell_text="Tchau!")
    street.change("contacts", talk.contact_id, bot_off=True)
    assert act(street, sofia, "close") == []


def test_an_automatic_text_is_marked_and_the_customer_still_waits(street, bruno):
    street.number_has(greeting="Olá!")
    street.says("oi")
    ticket = street.ticket()
    assert ticket.waiting_since is not None
    thread = street.client(bruno).get(f"/api/tickets/{ticket.pk}/messages/").json()["results"]
    assert thread[0]["content"] == {"automatic": "menu"}
    assert thread[0]["author"] is None


def test_an_ordinary_message_to_an_agent_starts_nothing(street, talk):
    from tickets.models import Timer

    street.options(consent=True, vacation=True)
    street.number_has(greeting="Olá!")
    street.write("obrigado")
    with street.world.scope():
        assert not Timer.objects.filter(kind="answer").exists()


def test_presets_make_the_five_queues_once(street):
    client = street.client()
    client.post("/api/queues/", {"name": "vendas"})
    made = client.post("/api/queues/presets/").json()
    assert [queue["name"] for queue in made] == ["Suporte", "Financeiro", "Administrativo", "Geral"]
    assert len({queue["color"] for queue in made}) == 4
    assert client.post("/api/queues/presets/").json() == []
