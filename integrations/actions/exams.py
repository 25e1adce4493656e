"""Exams: begun, cancelled, gone on with, held again when an assistant changes; a person may judge otherwise."""

from collections.abc import Iterable

from celery import shared_task
from django.db import transaction
from django.utils.timezone import now

from helpdesk.constraints import unless_taken
from helpdesk.errors import Refused
from integrations.actions import exam_cases, exam_totals, exam_work
from integrations.models import AiProvider, Assistant, Exam, ExamCase, ExamSet
from integrations.models.exam import ExamSource, ExamState, Verdict
from tenants.actions import audit
from tenants.models import User
from tenants.scoping import CompanyTask

MOST = 200  # cases of one exam
OVER = [ExamState.FAILED, ExamState.CANCELLED]


@transaction.atomic
def begin(assistant: Assistant, *, size: int, by: audit.Actor, questions: ExamSet | None = None) -> Exam:
    """Choose the cases, and start. Raises Refused when there are none, or an exam of it is under way."""
    cases = exam_cases.from_set(questions, size) if questions else exam_cases.from_tickets(size)
    if not cases:
        raise Refused("exam_no_cases", "There are no closed tickets that people answered. Upload questions.")
    provider = AiProvider.objects.that_answers_for(assistant)
    exam = Exam(
        assistant=assistant,
        edition=assistant.edition,
        threshold=assistant.exam_threshold,
        source=ExamSource.SET if questions else ExamSource.TICKETS,
        questions=questions,
        user=by if isinstance(by, User) else None,
        size=len(cases),
        currency=provider.currency if provider else "",
    )
    busy = Refused("exam_under_way", "An exam of this assistant is under way.")
    with unless_taken({"exam_one_at_a_time": lambda: busy}):
        exam.save()
    _add(exam, cases)
    data = {"assistant": assistant.pk, "source": exam.source, "cases": exam.size}
    audit.record("exam.started", actor=by, target=f"exam:{exam.pk}", data=data)
    exam_work.work.nudge(exam.company_id, exam.pk)
    return exam_work.tell(exam)


@transaction.atomic
def cancel(exam: Exam, *, by: audit.Actor) -> Exam:
    """Leave alone what still waits."""
    exam = Exam.objects.locked(exam.pk)
    if not exam.is_under_way:
        raise Refused("exam_over", "This exam is over.")
    audit.record("exam.cancelled", actor=by, target=f"exam:{exam.pk}")
    return exam_work.end(exam, ExamState.CANCELLED)


@transaction.atomic
def resume(exam: Exam, *, by: audit.Actor) -> Exam:
    """Go on where it stopped, while the assistant is still the one that was examined."""
    exam = Exam.objects.locked(exam.pk)
    if exam.state not in OVER:
        raise Refused("exam_not_stopped", "Only an exam that failed or was cancelled can go on.")
    if exam.assistant.edition != exam.edition:
        raise Refused("exam_outdated", "The assistant has changed since. Begin a new exam.")
    exam.state, exam.reason, exam.finished_at = ExamState.QUEUED, "", None
    busy = Refused("exam_under_way", "An exam of this assistant is under way.")
    with unless_taken({"exam_one_at_a_time": lambda: busy}):
        exam.save()
    audit.record("exam.resumed", actor=by, target=f"exam:{exam.pk}")
    exam_work.work.nudge(exam.company_id, exam.pk)
    return exam_work.tell(exam)


@transaction.atomic
def judge_by_hand(case: ExamCase, verdict: str, *, by: User, note: str = "") -> ExamCase:
    """A person knows better than the judge. The machine's own verdict stays readable beside it."""
    exam = Exam.objects.locked(case.exam_id)
    case = ExamCase.objects.locked(case.pk)
    if not case.verdict:
        raise Refused("exam_not_judged", "This case has not been judged yet.")
    was, case.verdict = case.verdict, Verdict(verdict)
    is_other = case.verdict != case.found
    case.judged_by, case.judged_at = (by, now()) if is_other else (None, None)
    if note:
        case.reason = note
    case.save(update_fields=["verdict", "reason", "judged_by", "judged_at"])
    data = {"case": case.pk, "was": was, "verdict": case.verdict}
    audit.record("exam.judged", actor=by, target=f"exam:{exam.pk}", data=data)
    exam_totals.sum_up(exam)
    exam.save()
    exam_work.tell(exam)
    return case


@shared_task(base=CompanyTask)
def assistant_changed(company_id: int, event: str, data: dict[str, object]) -> None:
    """Examine it again as the last time, where the company wants that by itself."""
    assistant = Assistant.objects.select_related("company").filter(pk=data.get("id"), deleted_at=None).first()
    if assistant is None or not assistant.company.option("exam_on_change"):
        return
    last = Exam.objects.filter(assistant=assistant).with_parts().order_by("-id").first()
    if last is None or last.edition >= assistant.edition:
        return
    if last.source == ExamSource.SET and last.questions is None:
        return
    try:
        with transaction.atomic():
            if last.is_under_way:
                cancel(last, by=None)
            begin(assistant, size=last.size, by=None, questions=last.questions)
    except Refused:
        return  # somebody began one meanwhile, or there is nothing to ask


def _add(exam: Exam, cases: Iterable[ExamCase]) -> None:
    for position, case in enumerate(cases, start=1):
        case.exam, case.position, case.company_id = exam, position, exam.company_id
    ExamCase.objects.bulk_create(cases)
