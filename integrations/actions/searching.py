"""What the company knows about a question: by its words, by its meaning, or both fused.

Each way ranks on its own; a passage's place in both rankings decides (reciprocal rank fusion), because a share of
words and an angle between vectors cannot be added. Without a provider, with one that fails, or while the vectors are
of another model than the provider's, words alone answer, and `how` says so.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from integrations.actions import asking
from integrations.ai.port import AiError
from integrations.models import AiProvider, KnowledgeChunk, KnowledgeIndex
from integrations.models.knowledge_search import Meaning, Wanted, by_meaning, by_words, likeness, meaning_of

logger = logging.getLogger(__name__)

How = Literal["hybrid", "text"]
MOST = 50
DEEP = 40  # of each ranking
SMOOTH = 60  # the usual constant of the fusion: how little the very first places count more
MOST_ASKED = 2_000  # characters


@dataclass(frozen=True, slots=True)
class Passage:
    """`score` is how near it is, 0 to 1: the cosine, or the share of the question's words that it speaks of.

    `document` or `answer` is the id of where it stands; `url` opens it in the console.
    """

    id: int
    document: int | None
    answer: int | None
    title: str
    text: str
    page: int | None
    sector: str
    score: float
    source: Literal["document", "answer"]
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    passages: tuple[Passage, ...]
    how: How


def search(
    query: str,
    *,
    limit: int = 5,
    sectors: Iterable[str] = (),
    threshold: float | None = None,
    answers_only: bool = False,
) -> Found:
    """The passages that answer best, the best first; of those below `threshold` none. Outside of transactions."""
    query = query.strip()[:MOST_ASKED]
    if not any(sign.isalnum() for sign in query):
        return Found((), "text")
    wanted = Wanted(tuple(sectors), answers_only)
    meaning = _meaning_of(query)
    worded = by_words(query, wanted, most=DEEP)
    near = by_meaning(meaning, wanted, most=DEEP) if meaning else []
    ranked = _fused(worded, near)
    scores = _scores(ranked, dict(worded), dict(near), meaning)
    kept = [pk for pk in ranked if threshold is None or scores[pk] >= threshold][: min(limit, MOST)]
    return Found(tuple(_passages(kept, scores)), "hybrid" if meaning else "text")


def passage_of(chunk: KnowledgeChunk, score: float) -> Passage:
    """A chunk that came with its document and answer, as it is cited."""
    if chunk.answer is not None:
        title, url = chunk.answer.question, f"/knowledge/answers/{chunk.answer_id}"
    else:
        title, url = chunk.heading, f"/knowledge/documents/{chunk.document_id}?chunk={chunk.pk}"
    return Passage(
        id=chunk.pk, document=chunk.document_id, answer=chunk.answer_id, title=title, text=chunk.text,
        page=chunk.page, sector=chunk.sector, score=round(score, 4),
        source="document" if chunk.answer is None else "answer", url=url,
    )  # fmt: skip


def embedding_model() -> str:
    """The model of the provider that makes the company's vectors; blank without one."""
    provider = AiProvider.objects.able_to("embedding")
    return provider.embedding_model if provider else ""


def _meaning_of(query: str) -> Meaning | None:
    index = KnowledgeIndex.objects.first()
    if index is None or not index.model or index.model != embedding_model():
        return None
    try:
        vectors = asking.embed([query], purpose="knowledge").vectors
    except AiError as error:
        logger.info("search without meaning", extra={"fields": {"code": error.code}})
        return None
    return meaning_of(vectors[0], index.model) if vectors else None


def _fused(worded: list[tuple[int, float]], near: list[tuple[int, float]]) -> list[int]:
    points: dict[int, float] = {}
    for ranking in (worded, near):
        for place, (pk, _) in enumerate(ranking, start=1):
            points[pk] = points.get(pk, 0) + 1 / (SMOOTH + place)
    return sorted(points, key=lambda pk: (-points[pk], pk))


def _scores(
    ranked: list[int], worded: dict[int, float], near: dict[int, float], meaning: Meaning | None
) -> dict[int, float]:
    unknown = [pk for pk in ranked if pk not in near]
    known = near | (likeness(unknown, meaning) if meaning and unknown else {})
    return {pk: min(1.0, max(0.0, known.get(pk, 0.0), worded.get(pk, 0.0))) for pk in ranked}


def _passages(ids: list[int], scores: dict[int, float]) -> list[Passage]:
    rows: Any = KnowledgeChunk.objects.filter(pk__in=ids, is_pending=False).select_related("answer")
    found = {chunk.pk: chunk for chunk in rows.defer("words", "embedding")}
    return [passage_of(found[pk], scores[pk]) for pk in ids if pk in found]
