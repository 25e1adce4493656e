"""The search over everything that was said: what it finds, for whom, and where it points."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils.timezone import now


def search(client, q, **more):
    extra = "".join(f"&{name}={value}" for name, value in more.items())
    answer = client.get(f"/api/search/tickets/?q={quote(q)}{extra}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def found(client, q):
    return [
        (hit["found_in"], hit["message"] and hit["message"]["id"]) for hit in search(client, q)["results"]
    ]


@pytest.fixture
def talks(acme_world, line, sales, support, bruno, clara):
    """Two conversations of bruno and one of clara, in the order of time."""
    from tickets.models import Tag, TicketTag

    at = now() - timedelta(days=1)
    joao = acme_world.contact("João Brandão", "5583988771122")
    first = acme_world.ticket(line, joao, agent=bruno, status="open", queue=sales, at=at)
    second = acme_world.ticket(
        line, acme_world.contact("Ana Souza"), agent=bruno, status="closed", queue=support, at=at
    )
    hers = acme_world.ticket(
        line, acme_world.contact("Rui"), agent=clara, status="open", at=at, unread_count=1
    )
    with acme_world.scope():
        TicketTag.objects.create(ticket=second, tag=Tag.objects.create(name="Atenção especial"))
    say = acme_world.message

    def later(minutes):
        return at + timedelta(minutes=minutes)

    return {
        "tickets": (first, second, hers),
        "order": say(first, "A encomenda não chegou em Olinda", at=at).pk,
        "answer": say(first, "Verificando a encomenda com o correio", direction="out", at=later(1)).pk,
        "note": say(first, "Encomenda extraviada, reembolsar", direction="internal", kind="note", at=later(2)).pk,
        "old": say(second, "Minha encomenda chegou rápido", at=at - timedelta(days=400)).pk,
        "hers": say(hers, "Encomenda errada", at=later(3)).pk,
    }  # fmt: skip


def test_a_word_finds_messages_whatever_the_accents_the_newest_first(api, talks):
    assert found(api, "ENCOMENDA") == [
        ("note", talks["note"]), ("message", talks["answer"]), ("message", talks["order"]), ("message", talks["old"]),
    ]  # fmt: skip
    assert found(api, "rapido") == [("message", talks["old"])]


def test_agents_find_only_what_they_may_see(api, as_, clara, sofia, raul, talks):
    assert found(as_(clara), "encomenda") == [("message", talks["hers"])]
    assert len(found(as_(sofia), "encomenda")) == 5
    assert found(as_(raul), "encomenda") == []


@pytest.mark.parametrize(
    ("q", "names"),
    [
        ("encomenda nao", ["order"]),
        ("encom olin", []),  # only the last word may be unfinished
        ("olinda encom", ["order"]),
        ('"encomenda nao chegou"', ["order"]),
        ('"nao encomenda"', []),
        ('"chegou em" encomenda', ["order"]),
        ("encomenda in:notes", ["note"]),
        ("encomenda in:notas", ["note"]),
        ("encomenda is:closed", ["old"]),
        ("encomenda is:open", ["note", "answer", "order"]),
        ("from:joao encomenda", ["note", "answer", "order"]),
        ('from:"ana souza" encomenda', ["old"]),
        ("from:98877 olinda", ["order"]),
        ('tag:"atencao especial" encomenda', ["old"]),
        ("queue:sales chegou", ["order"]),
        ("agent:bruno rapido", ["old"]),
        ("agent:me rapido", ["old"]),
        ("agent:clara rapido", []),
        ("queue:nowhere rapido", []),
        ("is:unread encomenda", []),
        ("xyzzy", []),
        ("🌻 !!", []),
        ("http://exemplo.com", []),
    ],
)
def test_operators_and_phrases_narrow(api, talks, q, names):
    assert [pk for _, pk in found(api, q)] == [talks[name] for name in names]


def test_days_bound_the_search_in_the_companys_time(api, talks):
    day = (now() - timedelta(days=30)).date()
    assert [pk for _, pk in found(api, f"encomenda before:{day}")] == [talks["old"]]
    assert talks["old"] not in [pk for _, pk in found(api, f"encomenda after:{day:%d/%m/%Y}")]


def test_customers_are_found_by_name_and_number(api, talks):
    first = talks["tickets"][0]
    for q in ("brandao", "98877", "from:brandao"):
        hits = search(api, q)["results"]
        assert [(hit["found_in"], hit["ticket"]["id"]) for hit in hits] == [("contact", first.pk)]


def test_a_ticket_is_found_by_its_number(api, talks):
    first = talks["tickets"][0]
    assert [hit["ticket"]["id"] for hit in search(api, f"#{first.number}")["results"]] == [first.pk]


def test_what_was_meant_is_marked_in_its_surroundings(api, acme_world, talks):
    long = "palavra " * 60 + "o BOLETO venceu ontem " + "fim " * 60
    acme_world.message(talks["tickets"][0], long)
    hit = search(api, "boleto venc")["results"][0]
    marked = [hit["snippet"][start : start + length] for start, length in hit["marks"]]
    assert marked == ["BOLETO", "venceu"]
    assert hit["snippet"].startswith("…") and hit["snippet"].endswith("…") and len(hit["snippet"]) < 200


def test_the_name_of_a_customer_is_marked(api, talks):
    hit = search(api, "brand")["results"][0]
    assert [hit["snippet"][start : start + length] for start, length in hit["marks"]] == ["Brand"]


def test_what_was_heard_in_a_voice_message_is_found(api, acme_world, talks):
    from tickets.models.message_text import transcribe

    voice = acme_world.message(talks["tickets"][0], "", kind="audio")
    with acme_world.scope():
        transcribe(voice, "quero cancelar a assinatura")
    hit = search(api, "assinatura")["results"][0]
    assert (hit["found_in"], hit["message"]["id"]) == ("transcript", voice.pk)
    assert hit["snippet"] == "quero cancelar a assinatura"


def test_a_corrected_message_is_found_by_what_it_says_now(api, acme_world, talks):
    from tickets.models import Message

    with acme_world.scope():
        note = Message.objects.get(pk=talks["note"])
        note.body = "Tudo resolvido"
        note.save(update_fields=["body"])
    assert found(api, "resolvido") == [("note", note.pk)]
    assert talks["note"] not in [pk for _, pk in found(api, "extraviada")]


def test_pages_follow_each_other_without_gaps(as_, sofia, acme_world, line):
    at, made = now(), []
    for place in range(7):
        ticket = acme_world.ticket(line, acme_world.contact(f"Pedido {place}"), at=at)
        made += [
            ("t", ticket.pk),
            ("m", acme_world.message(ticket, "pedido", at=at - timedelta(hours=place % 3)).pk),
        ]
    client, url, seen = as_(sofia), "/api/search/tickets/?q=pedido&limit=3", []
    while url:
        page = client.get(url).json()
        seen += page["results"]
        url = page["next"]
    keys = [("m", hit["message"]["id"]) if hit["message"] else ("t", hit["ticket"]["id"]) for hit in seen]
    assert sorted(keys) == sorted(made)
    assert [hit["at"] for hit in seen] == sorted((hit["at"] for hit in seen), reverse=True)


@pytest.mark.parametrize(("glance", "few"), [(1, 100), (1, 1), (2, 2)])
def test_frequent_words_find_as_much_as_rare_ones(monkeypatch, api, talks, glance, few):
    monkeypatch.setattr("tickets.models.message_search.GLANCE", glance)
    monkeypatch.setattr("tickets.models.message_search.FEW", few)
    monkeypatch.setattr("tickets.models.message_search.STRIDE", 2)
    seen, url = [], "/api/search/tickets/?q=encomenda"
    while url:
        page = api.get(url).json()
        seen += [hit["message"]["id"] for hit in page["results"]]
        url = page["next"]
    assert seen == [talks[name] for name in ("note", "answer", "order", "old")]


@pytest.mark.parametrize(
    ("q", "code"),
    [("before:soon", "search_date"), ("is:green", "search_state"), ("in:space", "search_place")],
)
def test_operators_that_mean_nothing_are_refused(api, q, code):
    answer = api.get(f"/api/search/tickets/?q={q}")
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_a_page_address_of_ones_own_making_is_refused(api):
    assert api.get("/api/search/tickets/?q=a&cursor=x").json()["code"] == "invalid_cursor"
