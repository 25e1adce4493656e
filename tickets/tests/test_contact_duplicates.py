"""Contacts that may be one person: shown two by two with the reason, until somebody says what they are."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tickets.models import Contact
from tickets.numbers import variants

pytestmark = pytest.mark.django_db


def pairs(client):
    answer = client.get("/api/contact-duplicates/")
    assert answer.status_code == 200, answer.content
    return [
        ({row["first"]["name"], row["second"]["name"]}, row["reasons"]) for row in answer.json()["results"]
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5511987654321", "551187654321"),  # Brazil: the ninth digit
        ("5215512345678", "525512345678"),  # Mexico: the 1 of mobiles
        ("5491123456789", "541123456789"),  # Argentina: the 9 of mobiles
    ],
)
def test_a_mobile_number_in_two_spellings_may_be_one_person(api, acme_world, one, other):
    acme_world.contact("Maria", number=one)
    acme_world.contact("Maria S.", number=other)
    assert pairs(api) == [({"Maria", "Maria S."}, ["number"])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("551133334444", "5511933334444"),  # a landline has no ninth digit
        ("5511987654321", "5521987654321"),
        ("351912345678", "35191234567"),
    ],
)
def test_landlines_and_other_numbers_are_two(api, acme_world, one, other):
    acme_world.contact("Loja", number=one)
    acme_world.contact("Outra", number=other)
    assert pairs(api) == []


def test_one_email_one_user_name_or_one_full_name_without_a_number_may_be_one_person(api, acme_world):
    acme_world.contact("Rui", email="Rui@exemplo.com")
    acme_world.contact("Rui Costa", email="rui@exemplo.com")
    with acme_world.scope():
        Contact.objects.create(name="Ana Lima", username="ana.lima")
    acme_world.contact("Ana Lima")
    acme_world.contact("Ana Lima")
    found = pairs(api)
    assert found.count(({"Ana Lima"}, ["name"])) == 2  # the two with numbers of their own are two
    assert ({"Rui", "Rui Costa"}, ["email"]) in found
    assert len(found) == 3


def test_an_address_that_many_share_says_nothing(api, acme_world):
    for number in range(6):
        acme_world.contact(f"Cliente {number}", email="nao@tem.com")
    assert pairs(api) == []


def test_who_is_said_to_be_two_is_not_shown_again_until_it_is_taken_back(as_, sofia, api, acme_world):
    one = acme_world.contact("Maria", number="5511987654321")
    other = acme_world.contact("Maria S.", number="551187654321")
    both = {"first": other.pk, "second": one.pk}
    boss = as_(sofia)
    for _ in range(2):
        assert boss.post("/api/contact-duplicates/part/", both).status_code == 204
    assert pairs(api) == []
    assert boss.post("/api/contact-duplicates/forget/", both).status_code == 204
    assert len(pairs(api)) == 1
    assert api.post("/api/contact-duplicates/part/", both).status_code == 403


def test_merged_deleted_and_foreign_contacts_are_no_duplicates(as_, sofia, acme_world, rival_world):
    one = acme_world.contact("Maria", number="5511987654321")
    other = acme_world.contact("Maria S.", number="551187654321")
    rival_world.contact("Maria", number="551187654321")
    boss = as_(sofia)
    merged = boss.post(f"/api/contacts/{other.pk}/merge/", {"into": one.pk}).json()
    assert pairs(boss) == []
    boss.post(f"/api/contact-merges/{merged['id']}/undo/")
    assert len(pairs(boss)) == 1
    boss.delete(f"/api/contacts/{other.pk}/")
    assert pairs(boss) == []
    theirs = rival_world.contact("Maria").pk
    assert boss.post("/api/contact-duplicates/part/", {"first": one.pk, "second": theirs}).status_code == 400


def test_who_wrote_last_had_better_go_on(api, acme_world):
    from datetime import timedelta

    from django.utils.timezone import now

    lively = acme_world.contact("Maria", number="5511987654321", last_active_at=now())
    acme_world.contact("Maria S.", number="551187654321", last_active_at=now() - timedelta(days=9))
    assert api.get("/api/contact-duplicates/").json()["results"][0]["into"] == lively.pk


def test_long_lists_come_in_pages_without_gaps_and_at_the_same_cost(api, acme_world):
    for number in range(45):
        acme_world.contact(f"A{number}", number=f"55119876500{number:02d}")
        acme_world.contact(f"B{number}", number=f"551187650{number:03d}")
    seen, url = [], "/api/contact-duplicates/"
    while url:
        answer = api.get(url).json()
        seen += [(row["first"]["id"], row["second"]["id"]) for row in answer["results"]]
        url = answer["next"]
    assert len(seen) == len(set(seen)) == 45
    assert api.get("/api/contact-duplicates/?cursor=nonsense").json()["code"] == "invalid_cursor"


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    digits=st.tuples(
        st.sampled_from(["55", "52", "521", "54", "549", "351", "1"]),
        st.from_regex(r"[0-9]{9,11}", fullmatch=True),
    ).map("".join)
)
def test_the_database_knows_the_same_spellings_as_the_code(digits, db):
    """Each pair is found from one of its two ends: the longer from the shorter."""
    from django.db import connection

    from tickets.models.duplicates import _PAIRS

    start, end = _PAIRS.index("SELECT contact_id, left"), _PAIRS.index("), contact AS")
    sql = f"WITH phone AS (SELECT 1 AS contact_id, %s::text AS value) {_PAIRS[start:end]}"
    with connection.cursor() as cursor:
        cursor.execute(sql, [digits])
        found = {value for _, value in cursor.fetchall()}
    assert found == {other for other in variants(digits) if len(other) > len(digits)}
