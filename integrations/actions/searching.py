"""What the company knows about a question: by its words, by its meaning, or both fused.

A share of words and an angle between vectors cannot be added as they are, so each is put on a scale of its own
ranking first; then both count the same. Without a provider, with one that fails, or while the vectors are of another
model than the provider's, words alone answer, and `how` says so.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import Any, Literal

from integrations.actions import asking
from integrations.ai.port import AiError
from integrations.models import AiProvider, KnowledgeChunk, KnowledgeIndex
from integrations.models.knowledge_search import Meaning, Wanted, by_meaning, by_words, likeness, meaning_of

logger = logging.getLogger(__name__)

How = Literal["hybrid", "text"]
MOST = 50
DEEP = 40  # of each ranking
ENOUGH = 1 / 3  # of a question: words that say this much of it may count in full
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
    worded, near = ranked(query, wanted, meaning)
    order = fused(worded, near)
    scores = {pk: min(1.0, max(0.0, near.get(pk, 0.0), worded.get(pk, 0.0))) for pk in order}
    kept = [pk for pk in order if threshold is None or scores[pk] >= threshold][: min(limit, MOST)]
    return Found(tuple(_passages(kept, scores)), "hybrid" if meaning else "text")


def ranked(query: str, wanted: Wanted, meaning: Meaning | None) -> tuple[dict[int, float], dict[int, float]]:
    """Chunk ids with the share of the words, and with the cosine; each way, its best first.

    What was found by its words alone stands among the cosines too, behind what was near by itself.
    """
    worded = dict(by_words(query, wanted, most=DEEP))
    if meaning is None:
        return worded, {}
    near = dict(by_meaning(meaning, wanted, most=DEEP))
    unknown = worded.keys() - near.keys()
    return worded, near | (likeness(unknown, meaning) if unknown else {})


def fused(worded: dict[int, float], near: dict[int, float]) -> list[int]:
    """By both, which count the same: how much of the question it says beside what says most of it, and where its
    cosine stands among those of the nearest, from three deviations below their mean to three above.

    Cosines of one model crowd together, those of another spread: what tells is the place among the others. A word or
    two of a long question tell little, even where nothing says more.
    """
    if not near:
        return list(worded)
    most = max([ENOUGH, *worded.values()])
    nearest = list(near.values())[:DEEP]
    mean, spread = fmean(nearest), pstdev(nearest) or 1
    points = {pk: share / most for pk, share in worded.items()}
    for pk, cosine in near.items():
        points[pk] = points.get(pk, 0) + min(1, max(0, 0.5 + (cosine - mean) / (6 * spread)))
    return sorted(points, key=lambda pk: -points[pk])  # what has the same points stays as words rank it


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


def _passages(ids: list[int], scores: dict[int, float]) -> list[Passage]:
    rows: Any = KnowledgeChunk.objects.filter(pk__in=ids, is_pending=False).select_related("answer")
    found = {chunk.pk: chunk for chunk in rows.defer("words", "embedding")}
    return [passage_of(found[pk], scores[pk]) for pk in ids if pk in found]
