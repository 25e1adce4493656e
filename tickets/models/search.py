"""The search box: which contacts carry every word that was typed, whatever their accents.

Row-level security lets PostgreSQL use an index only through leakproof operators, and LIKE is not one: under
the fence a search would read the whole company. `contacts_matching` is a function of the tables' owner, so
its LIKE reaches the trigram index; it takes the company from the same setting as the fence, and whatever it
answers is read again through the fence.
"""

import re
import unicodedata

from django.db import connection

FEW = 1_000  # more matches than this, and walking the newest rows finds a page of them sooner
MOST_WORDS = 8
_NUMBER = re.compile(r"[\d\s()+.\-/]+")


def plain(text: str) -> str:
    """Lower case without accents, as both sides of a search are compared."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def searchable(*parts: str) -> str:
    """What is kept of a row for searching. It starts with a space, so that every word does."""
    return " " + plain(" ".join(filter(None, parts)))


def terms(text: str) -> list[str]:
    """The pieces to look for: a number without its punctuation, or each word.

    One or two letters are looked for at the start of words, where the index knows them.
    """
    words = plain(text).split()[:MOST_WORDS]
    if words and _NUMBER.fullmatch(text):
        words = [digits] if (digits := re.sub(r"\D", "", text)) else []
    return [word if len(word) > 2 else f" {word}" for word in words]


def few_contacts(wanted: list[str]) -> list[int] | None:
    """The ids of this company's contacts with all the terms; None when there are more than a few."""
    if not any(sign.isalnum() for term in wanted for sign in term):
        return None  # pictures and punctuation are in no index
    patterns = [f"%{_escaped(term)}%" for term in wanted]
    with connection.cursor() as cursor:
        cursor.execute("SELECT contacts_matching(%s, %s)", [patterns, FEW + 1])
        ids = [row[0] for row in cursor.fetchall()]
    return ids if len(ids) <= FEW else None


def _escaped(term: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", term)
