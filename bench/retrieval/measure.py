"""Recall of words alone, vectors alone and both fused, on the set; then the time of a search among many passages."""

import time
from collections.abc import Callable, Iterable
from typing import Any
from unittest.mock import patch

from bench.report import Report, p50, percentile
from bench.retrieval import crowd
from bench.retrieval.model import NAME, Model
from bench.retrieval.questions import Question
from bench.world import SERVICES
from tests.support import database

AIM_MS = 50.0
TOP = 5


def run(*, passages: int = 200_000) -> None:
    """Recall@5 of fused search against its parts in three languages; p95 over 200,000 passages at most 50 ms."""
    from tenants.models import Company
    from tenants.scoping import company_scope, platform_scope

    report, model = Report("retrieval"), Model()
    name = database.copy(SERVICES.admin_url, "bench_retrieval")
    database.point_at(name)
    with platform_scope("the bench makes its own companies"):
        small, large, other = (Company.objects.create(name=title) for title in ("Small", "Large", "Other"))
    with company_scope(small.pk):
        ids, questions = crowd.tell(model)
        _recall(report, model, ids, questions)
    if passages:
        crowd.fill(name, large.pk, model, passages)
        crowd.fill(name, other.pk, model, 3_000)
        for company, about in ((large, f"{passages:,} passages"), (other, "3,000 passages beside them")):
            with company_scope(company.pk):
                _time(report, model, questions, about)


def _recall(report: Report, model: Model, ids: list[int], questions: list[Question]) -> None:
    vectors = dict(zip((q.text for q in questions), model.embed([q.text for q in questions]), strict=True))
    report.say(f"{len(ids)} passages, {len(questions)} questions, {NAME}")
    for way, ranked in _ways(vectors).items():
        found = {question: ids[question.passage] in ranked(question.text)[:TOP] for question in questions}
        for group, chosen in _groups(questions).items():
            report.add(f"recall@5 {way}: {group}", 100 * _share(found[one] for one in chosen), "%")


def _ways(vectors: dict[str, list[float]]) -> dict[str, Callable[[str], list[int]]]:
    from integrations.actions.searching import DEEP, _fused
    from integrations.models.knowledge_search import Wanted, by_meaning, by_words, meaning_of

    def text(query: str) -> list[int]:
        return [pk for pk, _ in by_words(query, Wanted(), most=DEEP)]

    def meaning(query: str) -> list[int]:
        asked = meaning_of(vectors[query], NAME)
        return [pk for pk, _ in by_meaning(asked, Wanted(), most=DEEP)] if asked else []

    def hybrid(query: str) -> list[int]:
        asked = meaning_of(vectors[query], NAME)
        near = by_meaning(asked, Wanted(), most=DEEP) if asked else []
        return _fused(by_words(query, Wanted(), most=DEEP), near)

    return {"hybrid": hybrid, "vectors alone": meaning, "words alone": text}


def _groups(questions: list[Question]) -> dict[str, list[Question]]:
    groups: dict[str, list[Question]] = {"all": questions}
    for language in ("pt", "en", "es"):
        groups[language] = [one for one in questions if one.language == language]
    groups["shared words"] = [one for one in questions if one.kind == "words"]
    groups["other words"] = [one for one in questions if one.kind == "meaning"]
    groups["hurried"] = [one for one in questions if one.is_hurried]
    return groups


def _share(hits: Iterable[bool]) -> float:
    kept = list(hits)
    return sum(kept) / len(kept)


def _time(report: Report, model: Model, questions: list[Question], about: str) -> None:
    """The product's own search, with the provider's answer at hand: what is measured is ours."""
    from integrations.actions import searching
    from integrations.ai.port import Vectors

    def embed(texts: list[str], **_: Any) -> Vectors:
        return Vectors(tuple(tuple(vectors[text]) for text in texts))

    vectors = dict(zip((q.text for q in questions), model.embed([q.text for q in questions]), strict=True))
    with (
        patch.object(searching.asking, "embed", embed),
        patch.object(searching, "embedding_model", lambda: NAME),
    ):
        for question in questions[:20]:
            assert searching.search(question.text).how == "hybrid"
        for way, said in (("hybrid", {}), ("hybrid in a sector", {"sectors": ["s3"]})):
            times = [_timed(lambda text=q.text, said=said: searching.search(text, **said)) for q in questions]
            report.add(f"{way}, {about}: p95", percentile(times, 95), "ms", limit=AIM_MS, limit_name="aim")
            report.add(f"{way}, {about}: p50", p50(times), "ms")


def _timed(search: Callable[[], Any]) -> float:
    began = time.perf_counter()
    search()
    return (time.perf_counter() - began) * 1000
