"""Three exams of the demo's assistant, each better than the one before; the last one let it go on duty."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import now

from integrations.actions import assistants, exam_totals
from integrations.demo.exam_questions import FAULTS, QUESTIONS, Asked
from integrations.models import Assistant, Exam, ExamCase, ExamSet
from integrations.models.exam import ExamSource, ExamState, Verdict
from tenants.models import Company

DAYS_AGO = {1: 16, 2: 9, 3: 2}  # edition → when it was examined


def seed(company: Company) -> None:
    """Once, with the company's other data. Nothing is asked: the answers are written down here."""
    lia = Assistant.objects.filter(name="Lia").first()
    if lia is None or Exam.objects.exists():
        return
    Assistant.objects.filter(pk=lia.pk).update(edition=max(DAYS_AGO))
    given = [
        {"question": one.question, "expected": one.expected, "needs_person": one.person} for one in QUESTIONS
    ]
    questions = ExamSet.objects.create(name="Perguntas da loja", questions=given, size=len(given))
    for edition, days in DAYS_AGO.items():
        _hold(lia, questions, edition, days)
    assistants.update(lia, by=None, exam_threshold=80)
    assistants.create(
        by=None,
        name="Téo",
        instructions="Você atende à noite, quando a loja está fechada. Anote o pedido e diga quando abrimos.",
        handover_message="A equipe responde assim que abrir.",
        hours="closed",
    )


def _hold(lia: Assistant, questions: ExamSet, edition: int, days: int) -> None:
    exam = Exam.objects.create(
        assistant=lia, edition=edition, threshold=80, source=ExamSource.SET, questions=questions,
        size=len(QUESTIONS), currency="USD", state=ExamState.DONE,
    )  # fmt: skip
    cases = [
        ExamCase(
            company_id=lia.company_id,
            exam=exam,
            position=position,
            question=one.question,
            expected=one.expected,
            needs_person=True if one.person else None,
            **_answer(one, FAULTS.get((edition, position))),
            **_took(position, edition),
        )
        for position, one in enumerate(QUESTIONS, start=1)
    ]
    ExamCase.objects.bulk_create(cases)
    exam_totals.sum_up(exam)
    exam.save()
    at = now() - timedelta(days=days)
    Exam.objects.filter(pk=exam.pk).update(created_at=at, finished_at=at + timedelta(minutes=1))


def _answer(one: Asked, fault: dict[str, Any] | None) -> dict[str, Any]:
    """What it said and how that was judged."""
    if fault is not None:
        given = {"sources": [], **fault}
    elif one.person:
        handover = {"reason": "asked", "note": "O cliente quer falar com uma pessoa."}
        given = {"verdict": Verdict.RIGHT, "reason": "handed_over", "handover": handover}
    else:
        source = {"id": 0, "title": one.title, "text": one.source, "source": "document", "url": "/knowledge"}
        given = {"verdict": Verdict.RIGHT, "answer": one.answer, "sources": [source]}
    return {**given, "found": given["verdict"]}


def _took(position: int, edition: int) -> dict[str, Any]:
    tokens_in, tokens_out = 1900 + 61 * position, 120 + 7 * position
    return {
        "latency_ms": 1_100 + 173 * ((position * 5 + edition) % 9),
        "input_tokens": tokens_in,
        "output_tokens": tokens_out,
        "cost": Decimal(tokens_in) * Decimal("0.00000125") + Decimal(tokens_out) * Decimal("0.00001"),
    }
