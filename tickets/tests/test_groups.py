"""Groups: one conversation for all who write there, each message with its author, and nothing that answers itself."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from tickets.transport import Address, GroupNews, Inbound, Receipt, Sender

pytestmark = pytest.mark.django_db
SOCCER = Address("group", "Y2FwaV9ncm91cDo=")
RUI = Sender((Address("bsuid", "BR.1", "waba"), Address("phone", "5511987654321")), "Rui")
LIA = Sender((Address("phone", "5511911112222"),), "Lia")


@pytest.fixture
def on(acme_world, ana):
    from tenants.actions import company

    with acme_world.scope():
        company.set_options({"groups": True}, by=ana)


@pytest.fixture
def write(acme_world, line):
    """Somebody writes in the group; answers what was stored."""
    from tickets.actions import inbound
    from tickets.models import Connection

    count = iter(range(1, 1000))

    def run(sender=RUI, body="Oi", **more):
        item = Inbound(f"g{next(count)}", sender, "text", now(), body=body, group=SOCCER, **more)
        with acme_world.scope():
            number = Connection.objects.select_related("company", "queue").get(pk=line.pk)
            return inbound.receive_all(number, [item])

    return run


@pytest.fixture
def news(acme_world, line):
    def run(event, *people, **more):
        from tickets.actions import groups
        from tickets.models import Connection

        with acme_world.scope():
            number = Connection.objects.select_related("company").get(pk=line.pk)
            groups.record(number, GroupNews(SOCCER, event, now(), tuple(people), **more))

    return run


def test_groups_are_not_heard_until_the_company_wants_it(write, acme_world):
    from tickets.models import Contact

    assert write() == []
    with acme_world.scope():
        assert not Contact.objects.exists()


def test_all_who_write_in_a_group_write_in_one_ticket(on, write, as_, ana, acme_world):
    [first], [second] = write(RUI, "Quem joga?"), write(LIA, "Eu!")
    assert first.ticket_id == second.ticket_id
    boss = as_(ana)
    ticket = boss.get(f"/api/tickets/{first.ticket_id}/").json()
    assert ticket["contact"]["is_group"]
    shown = boss.get(f"/api/tickets/{first.ticket_id}/messages/").json()["results"]
    assert [row["content"]["author"]["name"] for row in shown] == ["Lia", "Rui"]
    with acme_world.scope():
        from tickets.models import Contact

        assert Contact.objects.count() == 1, "nobody becomes a contact by writing in a group"


def test_a_participant_whom_we_know_is_named_by_their_contact(on, write, acme_world):
    rui = acme_world.contact("Rui Costa", "5511987654321")
    [message] = write(RUI)
    assert message.content["author"] == {"name": "Rui", "number": "5511987654321", "contact": rui.pk}


def test_who_comes_and_goes_is_on_the_list(on, write, news, as_, ana):
    news("created", subject="Futebol de terça", description="Quadra 3")
    news("joined", LIA)
    [message] = write(RUI)
    boss = as_(ana)
    address = f"/api/contacts/{message.ticket.contact_id}/group/"
    group = boss.get(address).json()
    assert (group["name"], group["description"], group["state"]) == ("Futebol de terça", "Quadra 3", "active")
    assert [one["name"] for one in group["participants"]] == ["Lia", "Rui"]
    news("left", RUI)
    news("settings", subject="Futebol de quarta")
    group = boss.get(address).json()
    assert (group["name"], [one["name"] for one in group["participants"]]) == ("Futebol de quarta", ["Lia"])
    news("ended")
    assert boss.get(address).json()["state"] == "ended"


def test_a_mention_has_the_name_of_whom_it_means(on, write):
    write(LIA)
    [message] = write(RUI, "Bora @5511911112222, e @5511900000000")
    assert message.content["mentions"] == [{"text": "@5511911112222", "name": "Lia", "contact": None}]


def test_a_group_waits_in_its_queue_and_its_people_see_it_taken_or_not(
    on, write, as_, ana, bruno, clara, sales, support, acme_world
):
    from tickets.models import Ticket

    [message] = write()
    contact = message.ticket.contact_id
    boss = as_(ana)
    given = {"queue": sales.pk, "users": [clara.pk]}
    answer = boss.patch(f"/api/contacts/{contact}/group/", given)
    assert (answer.status_code, answer.json()["queue"], answer.json()["users"]) == (200, sales.pk, [clara.pk])
    with acme_world.scope():
        Ticket.objects.filter(pk=message.ticket_id).update(status="open", agent=ana)
    assert as_(clara).get(f"/api/tickets/{message.ticket_id}/").status_code == 200
    assert as_(bruno).get(f"/api/tickets/{message.ticket_id}/").status_code == 404
    with acme_world.scope():
        Ticket.objects.filter(pk=message.ticket_id).update(
            status="closed", closed_at=now() - timedelta(days=90), agent=ana
        )
    [again] = write()
    assert again.ticket_id != message.ticket_id
    assert (again.ticket.queue_id, again.ticket.participants) == (sales.pk, [clara.pk])
    assert as_(bruno).patch(f"/api/contacts/{contact}/group/", {"users": []}).status_code == 403


def test_an_unknown_person_cannot_see_a_group(on, write, as_, ana):
    [message] = write()
    answer = as_(ana).patch(f"/api/contacts/{message.ticket.contact_id}/group/", {"users": [987654]})
    assert (answer.status_code, answer.json()["code"]) == (400, "user_unknown")


def test_one_person_is_no_group(as_, ana, acme_world):
    contact = acme_world.contact("Maria")
    assert as_(ana).get(f"/api/contacts/{contact.pk}/group/").json()["code"] == "not_a_group"


def test_nothing_answers_in_a_group_by_itself(on, write, as_, ana, acme_world):
    from tickets.actions import automatic
    from tickets.models import Timer

    boss = as_(ana)
    boss.patch("/api/company/settings/", {"vacation": True, "vacation_text": "Volto já"})
    [message] = write()
    with acme_world.scope():
        assert not Timer.objects.filter(kind="answer").exists()
        assert automatic.say(message.ticket, "Olá", occasion="greeting") is None


def test_an_answer_goes_to_the_group_and_counts_who_has_it(on, write, as_, ana, acme_world, line):
    from tickets.actions import receipts
    from tickets.actions.sending import addresses_of

    write(LIA)
    [message] = write(RUI)
    with acme_world.scope():
        assert addresses_of(message.ticket.contact, message.connection) == (SOCCER,)
    sent = acme_world.message(message.ticket, "Eu também", direction="out", state="sent", provider_id="w1")

    def told(state, who):
        with acme_world.scope():
            receipts.record(line, Receipt("w1", state, now(), participant=who))
            sent.refresh_from_db()
        return sent.state, sorted(sent.content["receipts"].values())

    assert told("delivered", "5511911112222") == ("sent", ["delivered"])
    assert told("read", "5511911112222") == ("sent", ["read"])
    assert told("delivered", "5511987654321") == ("delivered", ["delivered", "read"])
    assert told("sent", "5511987654321") == ("delivered", ["delivered", "read"]), "nobody goes back"
    assert "5511911112222" not in str(sent.content)


def test_everybody_in_a_group_has_their_own_emoji(on, write, acme_world, line):
    from tickets.actions import inbound
    from tickets.transport import Reaction

    [said] = write(RUI, "Ganhamos!")

    def react(sender, emoji):
        with acme_world.scope():
            inbound.react(line, Reaction(said.provider_id, sender, emoji, now()))
            said.refresh_from_db()
        return [(one["name"], one["emoji"]) for one in said.reactions]

    react(RUI, "🎉")
    assert react(LIA, "❤️") == [("Rui", "🎉"), ("Lia", "❤️")]
    assert react(RUI, "👏") == [("Lia", "❤️"), ("Rui", "👏")]
    assert react(LIA, "") == [("Rui", "👏")]
    assert LIA.addresses[0].value not in str(said.reactions), "a number is nobody's business there"
