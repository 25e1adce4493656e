"""Whether an assistant may go on duty: only with an exam that it passed as it is now."""

from dataclasses import dataclass

from helpdesk.errors import Refused
from integrations.models import Assistant, Exam


@dataclass(frozen=True, slots=True)
class Standing:
    """`refusal` is blank, `exam_needed` or `exam_failed`. `exam` is the last finished one of this edition."""

    refusal: str
    exam: Exam | None


def standing(assistant: Assistant) -> Standing:
    """How it stands by its last exam."""
    return judged(assistant, Exam.objects.last_of(assistant) if assistant.exam_threshold else None)


def judged(assistant: Assistant, exam: Exam | None) -> Standing:
    """By this exam. The threshold is today's, whatever it was when the exam began."""
    if not assistant.exam_threshold:
        return Standing("", exam)
    if exam is None:
        return Standing("exam_needed", None)
    passed = exam.score is not None and exam.score >= assistant.exam_threshold
    return Standing("" if passed else "exam_failed", exam)


def may_begin(assistant: Assistant) -> None:
    """Raises Refused when the assistant has to pass an exam first."""
    found = standing(assistant)
    if found.refusal == "exam_needed":
        raise Refused("exam_needed", "This assistant has not been examined since it was changed.")
    if found.refusal and found.exam is not None:
        detail = f"It scored {found.exam.score} % in its last exam and needs {assistant.exam_threshold} %."
        raise Refused("exam_failed", detail)
