"""The address book: searching it, and keeping it."""

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from tickets.models import Contact
from tickets.models.search import FEW, few_contacts, terms
from tickets.serializers.contact import ContactSerializer


def names(client, words):
    answer = client.get("/api/contacts/", {"search": words})
    assert answer.status_code == 200, answer.content
    return [row["name"] for row in answer.json()["results"]]


def test_a_contact_is_kept_and_changed(api):
    made = api.post("/api/contacts/", {"name": "José Álvares", "number": "+55 11 98765-4321"})
    assert made.status_code == 201, made.content
    pk = made.json()["id"]
    assert made.json()["addresses"] == [{"kind": "phone", "value": "5511987654321"}]
    changed = api.patch(f"/api/contacts/{pk}/", {"notes": "Prefers mornings"}).json()
    assert changed["notes"] == "Prefers mornings"
    assert changed["version"] > made.json()["version"]


def test_a_number_belongs_to_one_contact(api):
    api.post("/api/contacts/", {"name": "José", "number": "+5511987654321"})
    answer = api.post("/api/contacts/", {"name": "Josefa", "number": "+5511987654321"})
    assert answer.status_code == 409


@pytest.mark.parametrize(
    "known", [{"name": "Rita"}, {"name": "", "number": "5511987654321"}, {"name": "", "username": "rita"}]
)
def test_a_list_shows_what_one_contact_shows(api, acme_world, known):
    with acme_world.scope():
        contact = Contact.objects.create(**known)
        contact.addresses.create(kind="phone", value="5511987654321")
    listed = api.get("/api/contacts/").json()["results"][0]
    assert listed == api.get(f"/api/contacts/{contact.pk}/").json() | {
        "created_at": listed["created_at"],
        "updated_at": listed["updated_at"],
        "last_active_at": listed["last_active_at"],
    }


def test_deleting_hides_and_restoring_brings_back(as_, sofia, acme_world):
    client, contact = as_(sofia), acme_world.contact("Rita")
    assert client.delete(f"/api/contacts/{contact.id}/").status_code == 204
    assert names(client, "rita") == []
    assert client.get("/api/contacts/?deleted=true&search=rita").json()["results"][0]["is_deleted"]
    assert client.post(f"/api/contacts/{contact.id}/restore/").status_code == 200
    assert names(client, "rita") == ["Rita"]


@pytest.mark.parametrize(
    "words", ["conceição", "CONCEICAO silva", "silva conc", "9 9123-4567", "5521", "co si"]
)
def test_a_search_ignores_accents_case_and_punctuation(api, acme_world, words):
    acme_world.contact("Conceição da Silva", "5521991234567")
    acme_world.contact("Pedro Rocha", "351912000000")
    assert names(api, words) == ["Conceição da Silva"]


@pytest.mark.parametrize("words", ["%", "_", "100%", "\\", "'; drop table tickets_contact; --", "%L"])
def test_signs_of_the_query_language_are_only_signs(api, acme_world, words):
    acme_world.contact("Ana")
    assert names(api, words) == []


def test_frequent_words_are_found_as_well(monkeypatch, api, acme_world):
    monkeypatch.setattr("tickets.models.search.FEW", 1)
    for place in range(3):
        acme_world.contact(f"Maria {place}")
    assert names(api, "maria") == ["Maria 2", "Maria 1", "Maria 0"]


def test_a_search_never_leaves_the_company(api, as_, acme_world, rival_world, raul):
    acme_world.contact("Segredo Nosso")
    rival_world.contact("Segredo Deles")
    assert names(api, "segredo") == ["Segredo Nosso"]
    assert names(as_(raul), "segredo") == ["Segredo Deles"]


def test_the_search_function_finds_nothing_outside_a_company(acme_world):
    acme_world.contact("Segredo Nosso")
    assert few_contacts(terms("segredo")) == []


def test_the_search_function_alone_keeps_to_the_company(acme_world, rival_world):
    ours, theirs = acme_world.contact("Segredo Nosso"), rival_world.contact("Segredo Deles")
    with acme_world.scope():
        assert few_contacts(terms("segredo")) == [ours.pk]
    with rival_world.scope():
        assert few_contacts(terms("segredo")) == [theirs.pk]
    assert FEW == 1_000


def test_a_search_reads_the_index(acme_world):
    """As the application's role: a LIKE under row-level security would read the company's every contact."""
    with acme_world.scope():
        for place in range(300):
            contact = Contact(name=f"Pessoa {place}", number=str(place))
            contact.search = contact.search_text()
            contact.save()
        with CaptureQueriesContext(database) as queries:
            assert Contact.objects.matching("pessoa 299").count() == 1
    assert "contacts_matching" in queries[0]["sql"] or "contacts_matching" in queries[1]["sql"]
    assert "LIKE" not in queries[-1]["sql"]


def test_the_contact_row_has_every_declared_field(acme_world):
    contact = acme_world.contact()
    with acme_world.scope():
        shown = ContactSerializer(contact).data
        listed = ContactSerializer(Contact.objects.with_parts().get(pk=contact.pk)).data
    assert set(shown) == set(ContactSerializer().fields)
    assert shown["addresses"] == listed["addresses"] != []


def test_the_list_costs_the_same_for_one_contact_and_for_many(api, acme_world):
    costs = []
    for _ in range(2):
        for _ in range(6):
            acme_world.contact()
        with CaptureQueriesContext(database) as queries:
            api.get("/api/contacts/")
        costs.append(len([query for query in queries if "set_config" not in query["sql"]]))
    assert costs[0] == costs[1] <= 3


def test_earlier_tickets_are_those_one_may_see(api, as_, acme_world, line, bruno, clara, sofia):
    contact = acme_world.contact()
    mine = acme_world.ticket(line, contact, agent=bruno, status="closed")
    acme_world.ticket(line, contact, agent=clara, status="closed")
    url = f"/api/contacts/{contact.id}/tickets/"
    assert [row["id"] for row in api.get(url).json()["results"]] == [mine.id]
    assert len(as_(sofia).get(url).json()["results"]) == 2


def test_another_companys_contact_is_not_found(as_, raul, acme_world):
    contact = acme_world.contact()
    for path in ("", "tickets/"):
        assert as_(raul).get(f"/api/contacts/{contact.id}/{path}").status_code == 404
