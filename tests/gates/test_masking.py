"""Where the company hides numbers from agents, no answer and no frame shows them one."""

import base64
import json
from urllib.parse import unquote

import pytest

from tenants.actions import company as companies
from tests.gates.routes import routes
from tests.gates.rows import rows
from tests.support.consoles import Console, mark
from tickets.actions import tell

NUMBER = "5511987654321"
WANTED = [route for route in routes() if route.method == "get" and route.needs not in {"public", "operator"}]


@pytest.fixture
def hidden(acme, acme_world, ana, line, sales):
    """An unnamed customer with a number waits in Sales; Acme hides numbers."""
    with acme_world.scope():
        companies.set_options({"mask_numbers": True}, by=ana)
    contact = acme_world.contact("", number=NUMBER)
    ticket = acme_world.ticket(line, contact, queue=sales)
    acme_world.message(ticket, "Oi")
    return ticket


def shows(answer):
    return NUMBER in answer.content.decode(errors="replace") if hasattr(answer, "content") else False


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted({str(route) for route in WANTED}))
def test_no_answer_shows_an_agent_the_digits(name, hidden, as_, bruno):
    route = next(route for route in WANTED if str(route) == name)
    own = {"Ticket": hidden, "Contact": hidden.contact}
    model = getattr(route.model, "__name__", "")
    values = {
        argument: own[model].pk if model in own and argument == "pk" else 1 for argument in route.arguments
    }
    if "uuid" in values:
        values["uuid"] = hidden.uuid
    answer = as_(bruno).get(route.address(**values))
    assert not shows(answer), answer.content[:2000]


@pytest.mark.django_db
def test_supervisors_administrators_and_programs_see_them(hidden, as_, sofia, ana, anonymous, acme_world):
    for client in (as_(sofia), as_(ana)):
        assert shows(client.get("/api/tickets/?tab=waiting"))
        assert shows(client.get(f"/api/contacts/{hidden.contact_id}/"))
    key = as_(ana).post("/api/api-keys/", {"name": "CRM", "scopes": ["read"]}).json()["key"]
    anonymous.credentials(HTTP_AUTHORIZATION=f"Api-Key {key}")
    assert shows(anonymous.get(f"/api/contacts/{hidden.contact_id}/"))


@pytest.mark.django_db
def test_an_agent_sees_enough_to_tell_two_customers_apart(hidden, api):
    row = api.get("/api/tickets/?tab=waiting").json()["results"][0]["contact"]
    assert row["number"] == "5511•••••••21"
    assert row["display_name"] == "+5511•••••••21"
    found = api.get(f"/api/contacts/{hidden.contact_id}/").json()
    assert [address["value"] for address in found["addresses"]] == ["5511•••••••21"]


@pytest.mark.django_db
def test_the_whole_number_finds_its_owner_and_a_part_of_it_nobody(hidden, api):
    found = {words: len(api.get("/api/contacts/", {"search": words}).json()["results"]) for words in (
        NUMBER, "11987654321", "87654", "876543"
    )}  # fmt: skip
    assert found == {NUMBER: 1, "11987654321": 1, "87654": 0, "876543": 0}


@pytest.mark.django_db
def test_saving_a_contact_as_it_was_shown_keeps_its_number(hidden, api, acme_world):
    shown = api.get(f"/api/contacts/{hidden.contact_id}/").json()["number"]
    api.patch(f"/api/contacts/{hidden.contact_id}/", {"name": "Rui", "number": shown})
    with acme_world.scope():
        hidden.contact.refresh_from_db()
    assert (hidden.contact.name, hidden.contact.number) == ("Rui", NUMBER)


@pytest.mark.django_db(transaction=True)
def test_no_frame_shows_an_agent_the_digits(hidden, servers, as_, sofia, bruno, acme, acme_world, ana):
    people = {"sofia": as_(sofia), "bruno": as_(bruno)}
    consoles = {
        name: Console.open(servers.urls[0], client.signed_in["access"]) for name, client in people.items()
    }
    sign = mark("start", acme)
    for console in consoles.values():
        console.heard(sign)
    with acme_world.scope():
        tell.ticket_changed(hidden)
        tell.ticket_created(hidden)
    as_(ana).patch(f"/api/contacts/{hidden.contact_id}/", {"email": "rui@example.com"})
    sign = mark("end", acme)
    heard = {name: console.heard(sign) for name, console in consoles.items()}
    kinds = ["ticket.updated", "ticket.created", "contact.updated"]
    for name, frames in heard.items():
        assert [frame["type"] for frame in frames] == kinds, "each is heard once"
        assert (NUMBER in json.dumps(frames)) == (name == "sofia")
    for console in consoles.values():
        console.line.close()


def test_every_noun_can_be_asked_for():
    assert {route.model for route in WANTED if route.is_list and route.model} - set(rows()) == set()


@pytest.mark.django_db
def test_the_address_of_the_next_page_does_not_hold_the_name_it_stands_on(hidden, as_, bruno, acme_world):
    acme_world.contact("Zilda", number="5511911112222")
    page = as_(bruno).get("/api/contacts/?sort=name&limit=1").json()
    cursor = page["next"].partition("cursor=")[2].partition("&")[0]
    for readable in (cursor, base64.urlsafe_b64decode(unquote(cursor).lstrip("~") + "===").decode("latin-1")):
        assert NUMBER not in readable
    assert [row["name"] for row in as_(bruno).get(page["next"]).json()["results"]] == ["Zilda"]
