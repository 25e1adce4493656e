"""Recall of words alone, vectors alone and both fused, on the set; then the time of a search among many passages."""

import os
import time
from collections.abc import Callable, Iterable
from typing import Any
from unittest.mock import patch

from bench.report import Report, p50, percentile
from bench.retrieval import crowd
from bench.retrieval.model import English, Model, Multilingual
from bench.retrieval.questions import Question, the_set
from bench.world import SERVICES
from tests.support import database

AIM_MS = 50.0
TOP = 5


def run(*, passages: int = 200_000) -> None:
    """Recall@5 of fused search against its parts in three languages; p95 over 200,000 passages at most 50 ms."""
    report = Report("retrieval")
    recall(report, Multilingual())
    recall(report, English())
    speed(report, English(), passages)


def recall(report: Report, model: Model) -> None:
    from tenants.models import Company
    from tenants.scoping import company_scope, platform_scope

    database.point_at(database.copy(SERVICES.admin_url, "bench_retrieval"))
    with platform_scope("the bench makes its own companies"):
        company = Company.objects.create(name="Small")
    with company_scope(company.pk):
        ids, questions = crowd.tell(model)
        report.say(f"{len(ids)} passages, {len(questions)} questions, {model.name}")
        found = {way: _found(ranked, ids, questions) for way, ranked in _ways(model, questions).items()}
    for group, chosen in _groups(questions).items():
        for way, hits in found.items():
            report.add(f"recall@5 {group}: {way}", 100 * _share(hits[one] for one in chosen), "%")


def speed(report: Report, model: Model, passages: int) -> None:
    """The product's own search, with the provider's answer at hand: what is measured is ours."""
    from integrations.actions import searching
    from integrations.ai.port import Vectors
    from tenants.models import Company
    from tenants.scoping import company_scope, platform_scope

    def embed(texts: list[str], **_: Any) -> Vectors:
        return Vectors(tuple(tuple(vectors[text]) for text in texts))

    _, questions = the_set()
    vectors = _vectors(model, questions)
    database.point_at(crowd.crowded(model, passages))
    with platform_scope("the bench reads its own companies"):
        companies = {company.name: company.pk for company in Company.objects.all()}
    with (
        patch.object(searching.asking, "embed", embed),
        patch.object(searching, "embedding_model", lambda: model.name),
    ):
        for title, few in crowd.COMPANIES.items():
            with company_scope(companies[title]):
                _time(report, questions, f"{few:,} passages beside them" if few else f"{passages:,} passages")


def _time(report: Report, questions: list[Question], about: str) -> None:
    from integrations.actions.searching import search

    for question in questions[:20]:
        assert search(question.text).how == "hybrid"
    for way, said in (("hybrid", {}), ("hybrid in a sector", {"sectors": ["s3"]})):
        times = [_timed(lambda text=q.text, said=said: search(text, **said)) for q in questions]
        load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        report.add(
            f"{way}, {about}: p95", percentile(times, 95), "ms", limit=AIM_MS, limit_name="aim", note=load
        )
        report.add(f"{way}, {about}: p50", p50(times), "ms")


def _timed(search: Callable[[], Any]) -> float:
    began = time.perf_counter()
    search()
    return (time.perf_counter() - began) * 1000


def _ways(model: Model, questions: list[Question]) -> dict[str, Callable[[str], list[int]]]:
    from integrations.actions.searching import fused, ranked
    from integrations.models.knowledge_search import Wanted, by_meaning, meaning_of

    meant = {text: meaning_of(vector, model.name) for text, vector in _vectors(model, questions).items()}

    def near(query: str) -> list[int]:
        asked = meant[query]
        return [pk for pk, _ in by_meaning(asked, Wanted(), most=TOP)] if asked else []

    return {
        "hybrid": lambda query: fused(*ranked(query, Wanted(), meant[query])),
        "vectors alone": near,
        "words alone": lambda query: list(ranked(query, Wanted(), None)[0]),
    }


def _vectors(model: Model, questions: list[Question]) -> dict[str, list[float]]:
    asked = [question.text for question in questions]
    return dict(zip(asked, model.embed(asked), strict=True))


def _found(
    ranked: Callable[[str], list[int]], ids: list[int], questions: list[Question]
) -> dict[Question, bool]:
    return {question: ids[question.passage] in ranked(question.text)[:TOP] for question in questions}


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
