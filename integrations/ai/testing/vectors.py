"""Embeddings without a model: hashed words and their roots. The same text always gives the same vector."""

import hashlib
import math
import re
import unicodedata
from functools import lru_cache

SIZE = 512
_SMALL = """
a o e as os um uma de da do das dos em no na nos nas por para com que se ao aos the of to in on and or is are be it
for with at by an el la los las un una y en del al con su sus mi me meu minha eu i my you
"""
SMALL = frozenset(_SMALL.split())
ENDINGS = (
    "amentos", "imentos", "amento", "imento", "aciones", "acoes", "mente", "ments", "ment", "cion", "cao", "coes",
    "ando", "endo", "indo", "ings", "ing", "tion", "idade", "ados", "idos", "adas", "idas", "ado", "ido", "ada",
    "ida", "aram", "eram", "ar", "er", "ir", "es", "ed", "os", "as", "s", "a", "o", "e",
)  # fmt: skip


def words(text: str, *, keep_small: bool = False) -> list[str]:
    """Lower case, without accents; roots of words unless the small ones are kept."""
    folded = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    found = re.findall(r"[a-z0-9]+", plain)
    return found if keep_small else [root(word) for word in found if word not in SMALL]


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """boleto, boletos → bolet; pagamento, pagar → pag."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def embed(text: str, size: int = SIZE) -> list[float]:
    """A unit vector: near those of texts that share roots, and a little near those that share pieces of words."""
    vector = [0.0] * size
    for word in words(text):
        _add(vector, word, 1.0)
        padded = f"<{word}>"
        for start in range(len(padded) - 2):
            _add(vector, padded[start : start + 3], 0.25)
    if not any(vector):
        _add(vector, text or "nothing", 1.0)
    length = math.sqrt(sum(value * value for value in vector))
    return [round(value / length, 6) for value in vector]


def _add(vector: list[float], piece: str, weight: float) -> None:
    place, sign = _place(piece, len(vector))
    vector[place] += weight * sign


@lru_cache(maxsize=200_000)
def _place(piece: str, size: int) -> tuple[int, int]:
    number = int.from_bytes(hashlib.blake2b(piece.encode(), digest_size=8).digest(), "big")
    return number % size, 1 if number >> 63 else -1


def tokens(text: str) -> int:
    """About as many as a real tokenizer counts."""
    return max(1, math.ceil(len(text) / 4)) if text else 0
