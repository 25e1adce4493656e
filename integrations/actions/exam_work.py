"""An exam at work: one case per run of the job.

A case is claimed, asked and judged outside of any transaction, then written down. A killed worker loses at most the
answer that it was waiting for: the job comes again, or a sweeper finds the exam.
"""

from datetime import timedelta
from typing import Any

from celery import current_task, shared_task
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from helpdesk.events import publish
from integrations.actions import exam_totals, examining
from integrations.ai.port import AiError
from integrations.events import EXAM_UPDATED
from integrations.models import Exam, ExamCase
from integrations.models.exam import ExamState, Verdict
from tenants.scoping import CompanyTask, platform_scope
from tickets.actions import notices

CLAIM = timedelta(minutes=6)  # then whoever has a case is dead: six rounds with a model, and the judge
STALE = timedelta(seconds=90)
SWEEP_LIMIT = 100
MOST_TRIES = 3  # of one case, when a provider fails in a way that passes
WAIT_SECONDS = 10.0  # before another try, times the tries


@shared_task(base=CompanyTask)
def work(company_id: int, exam_id: int) -> None:
    """The next case; then again, until none waits."""
    exam = Exam.objects.with_parts().get(pk=exam_id)
    if not exam.is_under_way:
        return
    case = _claim(exam, str(current_task.request.id or ""))
    if case is None:
        _finish(exam_id)  # unless another worker has the last ones
        return
    wait = 0.0
    try:
        judged = examining.examine(exam.assistant, case)
    except AiError as error:
        if not _may_try_again(error):
            _stop(exam_id, case.pk, error.code)
            return
        wait = _postpone(case, error)
    else:
        _write_down(exam_id, case.pk, judged)
    work.nudge(company_id, exam_id, countdown=wait)


@shared_task
def sweep() -> None:
    """Go on with exams whose worker died or whose nudge was lost."""
    with platform_scope("exams of all companies that nobody works on"):
        stale = Exam.objects.under_way().filter(updated_at__lt=now() - STALE)
        for company_id, exam_id in list(stale.values_list("company_id", "pk")[:SWEEP_LIMIT]):
            work.nudge(company_id, exam_id)


def end(exam: Exam, state: ExamState, reason: str = "") -> Exam:
    """The exam, locked by the caller, goes no further."""
    exam.state, exam.reason, exam.finished_at = state, reason, now()
    exam_totals.sum_up(exam)
    exam.save()
    if state in {ExamState.DONE, ExamState.FAILED} and exam.user_id:
        score = None if exam.score is None else float(exam.score)
        done = {"exam": exam.pk, "name": exam.assistant.name, "score": score, "passed": exam.is_passed}
        done["stopped"] = state == ExamState.FAILED
        notices.tell("finished", [exam.user_id], data=done)
    return tell(exam)


def tell(exam: Exam) -> Exam:
    publish(EXAM_UPDATED, exam, to={"supervisors"})
    return exam


@transaction.atomic
def _claim(exam: Exam, run: str) -> ExamCase | None:
    """The next case that nobody works on. A job that comes a second time goes on with its own."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=now() - CLAIM) | (Q(claimed_by=run) & ~Q(claimed_by=""))
    rows = ExamCase.objects.waiting().filter(free, exam=exam).order_by("position")
    case: ExamCase | None = rows.select_for_update(of=("self",), skip_locked=True).first()
    if case is None:
        return None
    case.claimed_by, case.claimed_at, case.tries = run, now(), case.tries + 1
    case.save(update_fields=["claimed_by", "claimed_at", "tries"])
    Exam.objects.filter(pk=exam.pk, state=ExamState.QUEUED).update(state=ExamState.RUNNING)
    return case


def _may_try_again(error: AiError) -> bool:
    """What concerns this case alone; anything else would fail every case that follows."""
    return error.is_passing or error.code in {"bad_answer", "bad_request"}


def _postpone(case: ExamCase, error: AiError) -> float:
    """Give the case back for another try, or give up on it. Answers how long to wait."""
    if case.tries >= MOST_TRIES or error.code == "bad_request":
        judged = examining.Judged(Verdict.ERROR, reason=error.code)
        _write_down(case.exam_id, case.pk, judged)
        return 0.0
    ExamCase.objects.filter(pk=case.pk).update(claimed_by="", claimed_at=None)
    return max(error.retry_after, WAIT_SECONDS * case.tries)


@transaction.atomic
def _write_down(exam_id: int, case_id: int, judged: examining.Judged) -> None:
    """Unless somebody was faster, or the exam is over."""
    exam: Any = Exam.objects.locked(exam_id)
    case = ExamCase.objects.locked(case_id)
    if case.verdict or not exam.is_under_way:
        return
    judged.put_on(case)
    case.claimed_by, case.claimed_at = "", None
    case.save()
    exam.state = ExamState.RUNNING
    exam_totals.sum_up(exam)
    if exam.done == exam.size:
        end(exam, ExamState.DONE)
        return
    exam.save()
    tell(exam)


@transaction.atomic
def _finish(exam_id: int) -> None:
    exam: Any = Exam.objects.locked(exam_id)
    if exam.is_under_way and not ExamCase.objects.waiting().filter(exam=exam).exists():
        end(exam, ExamState.DONE)


@transaction.atomic
def _stop(exam_id: int, case_id: int, code: str) -> None:
    """Nothing can be asked any more. The case waits for the exam to be gone on with."""
    exam: Any = Exam.objects.locked(exam_id)
    ExamCase.objects.filter(pk=case_id).update(claimed_by="", claimed_at=None)
    if exam.is_under_way:
        end(exam, ExamState.FAILED, code)
