"""What the company knows is found by its words, however they are typed, and by nobody else."""

import pytest

from integrations.actions.searching import search
from integrations.models import KnowledgeAnswer, KnowledgeChunk, KnowledgeWord

pytestmark = pytest.mark.django_db

BOLETO = ("Problema com boleto", "Gere a segunda via do boleto no portal, em Financeiro.")
REFUND = ("How long does a refund take?", "Refunds reach your card within ten business days.")
DELIVERY = ("¿Cuándo llega mi pedido?", "La entrega tarda cinco días hábiles desde la confirmación del pago.")


def known(world, question, answer, *, language="pt", sector="", **fields):
    with world.scope():
        row = KnowledgeAnswer.objects.create(
            question=question, answer=answer, sector=sector, validated_by=fields.get("validated_by", "human")
        )
        KnowledgeChunk.objects.create(
            answer=row, heading=question, text=answer, end=len(answer), language=language, sector=sector,
            is_pending=row.validated_by == "pending",
        )  # fmt: skip
        return row


@pytest.fixture
def book(acme_world):
    return [
        known(acme_world, *BOLETO, sector="financeiro"),
        known(acme_world, *REFUND, language="en", sector="finance"),
        known(acme_world, *DELIVERY, language="es", sector="envios"),
    ]


def first(world, query, **asked):
    with world.scope():
        found = search(query, **asked)
    return found.passages[0].answer if found.passages else None


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("problema com boleto", 0),
        ("onde pego a 2ª via dos boletos?", 0),
        ("nao achei meu bolto", 0),  # no accent, and a letter is missing
        ("refunding my card", 1),
        ("refnud of my purchase", 1),
        ("cuando llega el pedido", 2),
        ("entregas en cuantos dias", 2),
    ],
)
def test_a_question_is_found_by_its_words_in_any_language(acme_world, book, query, place):
    assert first(acme_world, query) == book[place].pk


def test_without_a_provider_the_search_says_that_it_is_by_text(acme_world, book):
    with acme_world.scope():
        found = search("boleto")
    assert found.how == "text"
    assert found.passages[0].score == 1
    assert found.passages[0].url == f"/knowledge/answers/{book[0].pk}"


def test_sector_limit_and_threshold_narrow_what_is_found(acme_world, book):
    assert first(acme_world, "boleto", sectors=["envios"]) is None
    assert first(acme_world, "boleto", sectors=["financeiro"]) == book[0].pk
    assert first(acme_world, "boleto de um navio azul desconhecido", threshold=0.9) is None


def test_what_nobody_validated_is_not_found(acme_world):
    known(acme_world, *BOLETO, validated_by="pending")
    assert first(acme_world, "problema com boleto") is None


def test_another_company_finds_nothing(acme_world, rival_world, book):
    assert first(rival_world, "problema com boleto") is None


def test_the_vocabulary_goes_with_what_was_said(acme_world, book):
    with acme_world.scope():
        assert KnowledgeWord.objects.get(word="boleto", is_spoken=True).chunks == 1
        assert KnowledgeWord.objects.get(word="", is_spoken=False).chunks == 3
        KnowledgeAnswer.objects.filter(pk=book[0].pk).delete()
        assert KnowledgeWord.objects.get(word="boleto", is_spoken=True).chunks == 0
        assert KnowledgeWord.objects.get(word="", is_spoken=False).chunks == 2
