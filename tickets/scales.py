"""What a customer's words mean on a scale: a digit, a word for a number, stars, the name of a choice."""

import re
import unicodedata

CSAT, NPS = "csat", "nps"
BOUNDS = {CSAT: (1, 5), NPS: (0, 10)}
TALK = 40  # more letters than this, or a question mark, and it is no attempt to answer

_WORDS = {
    "zero": 0, "cero": 0, "um": 1, "uma": 1, "one": 1, "uno": 1, "una": 1, "dois": 2, "duas": 2, "two": 2, "dos": 2,
    "tres": 3, "three": 3, "quatro": 4, "four": 4, "cuatro": 4, "cinco": 5, "five": 5, "seis": 6, "six": 6,
    "sete": 7, "seven": 7, "siete": 7, "oito": 8, "eight": 8, "ocho": 8, "nove": 9, "nine": 9, "nueve": 9,
    "dez": 10, "ten": 10, "diez": 10,
}  # fmt: skip
_NAMES = {
    "pessimo": 1, "terrible": 1, "very bad": 1, "muito ruim": 1, "muy malo": 1, "pesimo": 1,
    "ruim": 2, "bad": 2, "malo": 2,
    "regular": 3, "fair": 3, "ok": 3,
    "bom": 4, "boa": 4, "good": 4, "bueno": 4, "buena": 4,
    "otimo": 5, "otima": 5, "excelente": 5, "excellent": 5, "great": 5, "muito bom": 5, "muy bueno": 5,
}  # fmt: skip
_FILLERS = frozenset(
    {
        "nota", "dou", "doy", "eu", "i", "yo", "give", "e", "a", "an", "the", "minha", "my", "mi", "es", "una",
        "rating", "score", "estrela", "estrelas", "star", "stars", "estrellas", "ponto", "pontos", "point", "points",
        "punto", "puntos", "de", "out", "of", "sobre", "obrigado", "obrigada", "thanks", "thank", "you", "gracias",
        "atendimento",
    }
)  # fmt: skip


def score_of(text: str, scale: str) -> int | None:
    """The score that these words give; None when they give none on this scale."""
    low, high = BOUNDS[scale]
    if (stars := text.count("⭐") + text.count("★")) and not re.sub(r"[⭐★\s\ufe0f]", "", text):
        return stars if low <= stars <= high else None
    words = _plain(text)
    if scale == CSAT and words in _NAMES:
        return _NAMES[words]
    found = [number for word in words.split() if (number := _number(word)) is not None]
    others = [word for word in words.split() if _number(word) is None and word not in _FILLERS]
    if len(found) == 2 and found[1] == high and "." not in text:  # "4/5", "9 de 10"
        found = found[:1]
    if len(found) != 1 or others or re.search(r"-\s*\d|\d[.,]\d", text):
        return None
    return found[0] if low <= found[0] <= high else None


def is_attempt(text: str) -> bool:
    """Short words that may well be meant as an answer, though they are none."""
    return bool(text.strip()) and len(text.strip()) <= TALK and "?" not in text


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in decomposed if unicodedata.category(sign)[0] != "M")
    return " ".join(re.sub(r"[\W_]+", " ", letters).split())


def _number(word: str) -> int | None:
    if word.isascii() and word.isdecimal():
        return int(word[:4])
    return _WORDS.get(word)
