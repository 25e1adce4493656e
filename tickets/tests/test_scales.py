"""What customers mean when they answer a question for a score."""

import pytest

from tickets.scales import is_attempt, score_of


@pytest.mark.parametrize(
    ("words", "score"),
    [
        ("5", 5), (" 4. ", 4), ("nota 3", 3), ("cinco", 5), ("Dou 4 estrelas!", 4), ("⭐⭐⭐⭐", 4), ("5️⃣", 5),
        ("4/5", 4), ("Ótimo", 5), ("muito ruim", 1), ("three", 3), ("Nota cinco, obrigada!", 5),
    ],
)  # fmt: skip
def test_a_score_from_one_to_five(words, score):
    assert score_of(words, "csat") == score


@pytest.mark.parametrize(
    ("words", "score"), [("0", 0), ("zero", 0), ("dez", 10), ("9 de 10", 9), ("10/10", 10), ("nueve", 9)]
)
def test_a_score_from_zero_to_ten(words, score):
    assert score_of(words, "nps") == score


@pytest.mark.parametrize(
    "words", ["0", "6", "-3", "", "👍", "Quero 2 caixas", "4 ou 5", "não sei", "5 11 98765", "⭐" * 9, "4.5"]
)
def test_what_is_no_score_from_one_to_five(words):
    assert score_of(words, "csat") is None


def test_a_question_or_a_long_text_is_something_else():
    assert is_attempt("sei lá")
    assert not is_attempt("Vocês abrem amanhã?")
    assert not is_attempt("Bom dia, o produto que recebi ontem veio com defeito")
    assert not is_attempt("  ")
