"""Who wrote: one contact per person, no two people in one contact."""

import pytest

from tickets.numbers import digits_of, variants
from tickets.transport import Address, Sender

pytestmark = pytest.mark.django_db
MARIA = Address("phone", "5511987654321")
MARIA_ID = Address("bsuid", "BR.1", "waba")
OTHER_ID = Address("bsuid", "BR.2", "waba")


@pytest.fixture
def who(acme_world):
    """The contact behind these addresses, and whether they are new."""

    def ask(*addresses, name="Maria", username="", **more):
        from tickets.actions.recognition import recognise

        with acme_world.scope():
            return recognise(Sender(addresses, name, username, **more))

    return ask


def test_somebody_new_becomes_a_contact(who):
    contact, created = who(MARIA_ID, MARIA)
    assert created
    assert (contact.name, contact.number) == ("Maria", "5511987654321")


def test_the_same_person_is_recognised_by_either_address(who):
    maria, _ = who(MARIA_ID, MARIA)
    assert who(MARIA) == (maria, False)
    assert who(MARIA_ID) == (maria, False)


def test_a_user_id_is_learned_beside_a_known_phone(who):
    maria, _ = who(MARIA)
    assert who(MARIA_ID, MARIA) == (maria, False)
    assert who(MARIA_ID) == (maria, False)


def test_a_phone_given_to_somebody_else_is_somebody_else(who, acme_world):
    maria, _ = who(MARIA_ID, MARIA)
    stranger, created = who(OTHER_ID, MARIA, name="João")
    assert created and stranger != maria
    with acme_world.scope():
        maria.refresh_from_db()
    assert (maria.number, stranger.number) == ("", "5511987654321")
    assert who(MARIA) == (stranger, False)
    assert who(MARIA_ID) == (maria, False)


def test_another_portfolio_knows_the_same_person_by_another_id(who):
    maria, _ = who(MARIA_ID, MARIA)
    assert who(Address("bsuid", "BR.9", "other account"), MARIA) == (maria, False)


@pytest.fixture
def owned(acme_world):
    """Numbers in accounts, with the portfolio that owns each account; blank where nobody knows."""

    def own(**portfolios):
        for account, portfolio in portfolios.items():
            acme_world.connection(account, external_id=account, account=account, portfolio=portfolio)

    return own


def test_a_phone_given_to_somebody_else_who_writes_to_another_account_of_the_owner(who, owned):
    owned(waba="p1", second="p1", foreign="p2")
    maria, _ = who(MARIA_ID, MARIA)
    heir, created = who(Address("bsuid", "BR.9", "second"), MARIA)
    assert created and heir != maria
    assert who(MARIA) == (heir, False)


def test_an_account_of_another_owner_knows_the_same_person_by_another_id(who, owned):
    owned(waba="p1", second="p1", foreign="p2")
    maria, _ = who(MARIA_ID, MARIA)
    assert who(Address("bsuid", "BR.9", "foreign"), MARIA) == (maria, False)
    heir, created = who(Address("bsuid", "BR.8", "foreign"), MARIA)
    assert created and heir != maria


def test_owners_that_nobody_knows_are_not_taken_for_one(who, owned):
    owned(waba="", second="")
    maria, _ = who(MARIA_ID, MARIA)
    assert who(Address("bsuid", "BR.9", "second"), MARIA) == (maria, False)


def test_another_number_ends_the_ids_of_every_portfolio(who, rows, renumbered):
    maria, _ = who(MARIA_ID, MARIA)
    elsewhere = Address("bsuid", "BR.9", "foreign")
    who(elsewhere, MARIA)
    moved = Address("phone", "5521911112222")
    assert renumbered([MARIA_ID, MARIA], [Address("bsuid", "BR.7", "waba"), moved]) == maria
    assert ("bsuid", "BR.9", "number_change") in rows(maria)
    new = Address("bsuid", "BR.10", "foreign")
    assert who(new, moved) == (maria, False), "they write before that portfolio is told"
    assert renumbered([elsewhere, MARIA], [new, moved]) == maria
    assert [row for row in rows(maria) if row[2] is None] == [
        ("bsuid", "BR.7", None), ("phone", "5521911112222", None), ("bsuid", "BR.10", None)
    ]  # fmt: skip


def test_a_bare_number_joins_the_person_who_writes_from_it(who, acme_world):
    hidden, _ = who(MARIA_ID, name="")
    typed = acme_world.contact("Typed by an agent", "5511987654321")
    assert who(MARIA_ID, MARIA) == (hidden, False)
    with acme_world.scope():
        hidden.refresh_from_db()
        typed.refresh_from_db()
    assert (hidden.number, typed.number) == ("5511987654321", "")


def test_a_batch_of_strangers_becomes_a_contact_each(acme_world):
    from tickets.actions.recognition import recognise_all

    spelled = [Address("phone", "5511977650001"), Address("phone", "551177650001")]
    others = [Address("phone", f"55119776500{n}") for n in range(10, 30)]
    senders = [Sender(addresses=(address,)) for address in (*spelled, *others, others[0])]
    with acme_world.scope():
        found = recognise_all(senders)
    people = [contact for contact, _ in found]
    assert people[0] == people[1], "the same number in two spellings"
    assert people[2] == people[-1], "the same number twice"
    assert len(set(people)) == 21
    assert [is_new for _, is_new in found] == [True, False, *[True] * 20, False]


def test_two_people_are_never_merged(who):
    maria, _ = who(MARIA_ID, MARIA)
    joao, _ = who(OTHER_ID)
    assert who(OTHER_ID, MARIA) == (joao, False)
    assert who(MARIA) == (maria, False)


def test_the_ninth_digit_does_not_make_a_second_contact(who, acme_world):
    typed = acme_world.contact("Maria", "5511987654321")
    assert who(Address("phone", "551187654321")) == (typed, False)


def test_an_ambiguous_number_is_somebody_new(who, acme_world):
    acme_world.contact("Landline", "551133334444")
    assert who(Address("phone", "5511933334444"))[1]


def test_a_name_that_an_agent_typed_stays(who, acme_world):
    maria = acme_world.contact("Dona Maria (VIP)", "5511987654321")
    assert who(MARIA, name="mari ✨", username="mari")[0].name == "Dona Maria (VIP)"
    with acme_world.scope():
        maria.refresh_from_db()
    assert maria.username == "mari"
    assert "mari" in maria.search


def test_a_deleted_contact_who_writes_again_is_new(who, acme_world):
    from tickets.actions import contacts

    maria, _ = who(MARIA)
    with acme_world.scope():
        contacts.delete(maria)
    again, created = who(MARIA)
    assert created and again != maria


@pytest.mark.parametrize(
    ("number", "others"),
    [
        ("5511987654321", {"551187654321"}),
        ("551187654321", {"5511987654321"}),
        ("551133334444", set()),
        ("5511933334444", set()),
        ("5215512345678", {"525512345678"}),
        ("525512345678", {"5215512345678"}),
        ("5491123456789", {"541123456789"}),
        ("14155550100", set()),
    ],
)
def test_numbers_have_other_spellings(number, others):
    assert variants(number) == others


@pytest.mark.parametrize(
    ("typed", "digits"),
    [("+55 (11) 98765-4321", "5511987654321"), ("0049 30 123456", "4930123456"), ("abc", ""), ("+1", "")],
)
def test_a_typed_number_becomes_digits(typed, digits):
    assert digits_of(typed) == digits


@pytest.fixture
def rows(acme_world):
    """A contact's addresses as (kind, value, why it ended)."""

    def read(contact):
        with acme_world.scope():
            found = contact.addresses.order_by("id")
            return [
                (one.kind, one.value, one.learned_from.get("ended", {}).get("why") if one.ended_at else None)
                for one in found
            ]

    return read


@pytest.fixture
def renumbered(acme_world):
    def change(was, is_now):
        from tickets.actions.recognition import renumber

        with acme_world.scope():
            return renumber(Sender(tuple(was)), Sender(tuple(is_now)))

    return change


def conflicts(world):
    from tickets.models import AddressConflict

    with world.scope():
        return {(one.first_id, one.second_id, one.how) for one in AddressConflict.objects.all()}


def test_a_user_name_is_kept_when_it_changes(who, rows, acme_world):
    maria, _ = who(MARIA_ID, username="Mari.Clara")
    assert who(MARIA_ID, username="maria.c") == (maria, False)
    with acme_world.scope():
        maria.refresh_from_db()
    assert maria.username == "maria.c" and "maria.c" in maria.search
    assert rows(maria)[1:] == [("username", "mari.clara", "renamed"), ("username", "maria.c", None)]


def test_a_user_name_that_its_owner_dropped_is_shown_no_more(who, rows, acme_world):
    maria, _ = who(MARIA_ID, username="mari")
    names = []
    for shown in ({}, {"has_no_username": True}):  # many events show no profile: they say nothing of it
        assert who(MARIA_ID, **shown) == (maria, False)
        with acme_world.scope():
            maria.refresh_from_db()
        names.append(maria.username)
    assert names == ["mari", ""] and "mari" not in maria.search.replace("maria", "")
    assert rows(maria)[-1] == ("username", "mari", "renamed")


def test_a_user_name_is_no_proof_of_who_somebody_is(who, rows, acme_world):
    maria, _ = who(MARIA_ID, username="mari")
    heir, created = who(OTHER_ID, username="mari", name="Mariana")
    assert created
    with acme_world.scope():
        maria.refresh_from_db()
    assert (maria.username, heir.username) == ("", "mari")
    assert rows(maria)[-1] == ("username", "mari", "renamed")


def test_two_contacts_in_one_event_are_shown_as_possible_duplicates(who, rows, acme_world):
    maria, _ = who(MARIA_ID, MARIA)
    joao, _ = who(OTHER_ID)
    assert who(OTHER_ID, MARIA) == (joao, False)
    assert conflicts(acme_world) == {(maria.pk, joao.pk, "message")}
    assert [kind for kind, _, _ in rows(joao)] == ["bsuid"]


def test_an_answer_avoids_a_number_that_somebody_else_claims(who, acme_world):
    from tickets.actions.sending import addresses_of
    from tickets.models import Connection

    maria, _ = who(MARIA_ID, MARIA)
    with acme_world.scope():
        assert addresses_of(maria, Connection())[0] == MARIA
    who(OTHER_ID)
    who(OTHER_ID, MARIA)
    with acme_world.scope():
        assert addresses_of(maria, Connection())[0] == MARIA_ID


def test_a_number_that_an_agent_typed_and_its_owner_are_shown_as_two(who, acme_world):
    hidden, _ = who(MARIA_ID, name="")
    typed = acme_world.contact("Typed by an agent", "5511987654321")
    who(MARIA_ID, MARIA)
    assert conflicts(acme_world) == {(hidden.pk, typed.pk, "message")}


def test_another_number_keeps_the_contact(who, rows, renumbered):
    maria, _ = who(MARIA_ID, MARIA)
    new = [Address("bsuid", "BR.7", "waba"), Address("phone", "5521911112222")]
    assert renumbered([MARIA_ID, MARIA], new) == maria
    assert who(*new) == (maria, False)
    assert rows(maria) == [
        ("bsuid", "BR.1", "number_change"),
        ("phone", "5511987654321", "number_change"),
        ("bsuid", "BR.7", None),
        ("phone", "5521911112222", None),
    ]


def test_what_comes_late_from_an_old_user_id_finds_its_owner(who, rows, renumbered):
    maria, _ = who(MARIA_ID, MARIA)
    renumbered([MARIA_ID], [Address("bsuid", "BR.7", "waba")])
    before = rows(maria)
    assert who(MARIA_ID, MARIA) == (maria, False)
    assert rows(maria) == before, "nothing is learned from it"


def test_a_number_change_to_the_number_of_somebody_else_takes_it(who, rows, renumbered):
    maria, _ = who(MARIA_ID, MARIA)
    joao, _ = who(OTHER_ID, Address("phone", "5521911112222"), name="João")
    renumbered([MARIA_ID, MARIA], [Address("bsuid", "BR.7", "waba"), Address("phone", "5521911112222")])
    assert rows(joao) == [("bsuid", "BR.2", None), ("phone", "5521911112222", "recycled")]
    assert who(Address("phone", "5521911112222")) == (maria, False)


def test_news_of_a_number_change_that_comes_after_the_first_message_is_for_people(
    who, renumbered, acme_world
):
    maria, _ = who(MARIA_ID, MARIA)
    new = [Address("bsuid", "BR.7", "waba"), Address("phone", "5521911112222")]
    again, created = who(*new)
    assert created
    renumbered([MARIA_ID, MARIA], new)
    assert conflicts(acme_world) == {(maria.pk, again.pk, "number_change")}
    assert who(*new) == (again, False)


def test_a_recycled_number_ends_in_both_spellings(who, rows, acme_world):
    typed = acme_world.contact("Maria", "5511987654321")
    maria, _ = who(MARIA_ID, Address("phone", "551187654321"))
    assert maria == typed
    stranger, created = who(OTHER_ID, MARIA, name="João")
    assert created
    assert [why for kind, _, why in rows(maria) if kind == "phone"] == ["recycled", "recycled"]
    assert who(Address("phone", "551187654321")) == (stranger, False)
