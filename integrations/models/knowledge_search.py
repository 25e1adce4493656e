"""Passages by their words and by their meaning: the questions to the two functions of the migration
`knowledge_search`.

They run as the owner of the tables, because row-level security keeps PostgreSQL from the index of words, and take
the company from the fence's own setting; whatever they answer is read again through the fence.

A company with few passages is compared one by one: that is exact, and a graph that it shares with all other
companies would show it mostly strangers. With many, the graph (HNSW) is walked until enough of its own were met.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from integrations.models.passage import KnowledgeWord, size_for

FEW = 5_000  # passages of a company that are compared one by one
REACH = 400  # passages that are weighed by their words


@dataclass(frozen=True)
class Wanted:
    sectors: tuple[str, ...] = ()
    answers_only: bool = False


@dataclass(frozen=True)
class Meaning:
    """What was asked, as a vector of a model."""

    vector: str
    size: int
    model: str


def fitted(vector: Sequence[float]) -> list[float]:
    """A vector of length one and of a size that has an index; empty when it says nothing."""
    size = size_for(len(vector))
    kept = list(vector[:size])
    length = math.sqrt(sum(value * value for value in kept))
    if not length or not math.isfinite(length):
        return []
    return [value / length for value in kept] + [0.0] * (size - len(kept))


def meaning_of(vector: Sequence[float], model: str) -> Meaning | None:
    kept = fitted(vector)
    return Meaning("[" + ",".join(f"{value:.5g}" for value in kept) + "]", len(kept), model) if kept else None


def by_words(said: str, wanted: Wanted, *, most: int) -> list[tuple[int, float]]:
    """Chunk ids, the best first, and the share of the question that each speaks of."""
    return _rows(
        "SELECT chunk_id, covers FROM knowledge_by_words(%s, %s::text[], %s, %s, %s)",
        [said, list(wanted.sectors), wanted.answers_only, most, REACH],
    )


def by_meaning(meaning: Meaning, wanted: Wanted, *, most: int) -> list[tuple[int, float]]:
    """Chunk ids, the nearest first, and the cosine of the angle."""
    is_many = KnowledgeWord.objects.filter(word="", is_spoken=False, chunks__gt=FEW).exists()
    return _rows(
        "SELECT chunk_id, likeness FROM knowledge_by_meaning(%s::halfvec, %s, %s, %s::text[], %s, %s, %s)",
        [
            meaning.vector, meaning.size, meaning.model, list(wanted.sectors), wanted.answers_only, most,
            not is_many,
        ],
    )  # fmt: skip


def likeness(ids: Iterable[int], meaning: Meaning) -> dict[int, float]:
    """How near these passages are, where they have a vector of that model."""
    return dict(
        _rows(
            f"SELECT id, 1 - (embedding::halfvec({meaning.size}) <=> %s::halfvec({meaning.size})) "  # noqa: S608
            "FROM integrations_knowledgechunk WHERE id = ANY (%s::bigint[]) AND size = %s AND embedded_with = %s",
            [meaning.vector, list(ids), meaning.size, meaning.model],
        )
    )


def _rows(statement: str, values: list[Any]) -> list[tuple[int, float]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [(int(pk), float(score)) for pk, score in cursor.fetchall()]
