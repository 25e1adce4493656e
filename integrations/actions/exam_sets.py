"""Questions for exams that people upload: each with the expected answer and whether a person is needed."""

import json
from typing import Any

from django.db import IntegrityError, transaction

from helpdesk.constraints import constraint_of
from helpdesk.errors import Invalid, Refused
from integrations.models import ExamSet
from tenants.actions import audit
from tenants.models import User
from tickets import sheets

MOST = 500  # questions of a set
LONGEST = 4_000
COLUMNS = {  # what a column may be called, in the languages of the console
    "question": {"question", "pergunta", "pregunta", "customer", "cliente"},
    "expected": {
        "expected", "expected answer", "answer", "resposta", "resposta esperada", "respuesta", "respuesta esperada",
    },
    "needs_person": {
        "needs_person", "needs person", "should hand over", "hand over", "handover", "transferir", "precisa de pessoa",
        "necesita persona", "derivar",
    },
}  # fmt: skip
YES = {"yes", "y", "sim", "s", "si", "sí", "true", "1", "x"}
NO = {"no", "n", "não", "nao", "false", "0"}

Question = dict[str, Any]


def keep(name: str, content: bytes, *, by: audit.Actor) -> ExamSet:
    """Understand a file and keep its questions. Raises Invalid, Refused."""
    questions = understood(content)
    row = ExamSet(
        name=name.strip()[:80],
        user=by if isinstance(by, User) else None,
        questions=questions,
        size=len(questions),
    )
    try:
        with transaction.atomic():
            row.save()
            audit.record(
                "exam_set.created", actor=by, target=f"exam_set:{row.pk}", data={"questions": row.size}
            )
    except IntegrityError as error:
        if constraint_of(error) != "exam_set_name_once":
            raise
        raise Refused("name_taken", "There is a set of this name already.", name=["Taken."]) from error
    return row


@transaction.atomic
def remove(row: ExamSet, *, by: audit.Actor) -> None:
    """Exams that were held with it keep their cases."""
    audit.record("exam_set.deleted", actor=by, target=f"exam_set:{row.pk}", data={"name": row.name})
    row.delete()


def understood(content: bytes) -> list[Question]:
    """The questions of a file. Raises Invalid."""
    rows = _from_json(content) if content.lstrip()[:1] in {b"[", b"{"} else _from_sheet(content)
    questions = [_question(row) for row in rows]
    questions = [one for one in questions if one["question"]]
    if not questions:
        raise _invalid("exam_set_empty", "There is no question in this file.")
    if len(questions) > MOST:
        raise _invalid("exam_set_too_long", f"A set can have {MOST} questions.")
    return questions


def _from_json(content: bytes) -> list[dict[str, Any]]:
    try:
        given = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _invalid("exam_set_unreadable", "This file is not JSON.") from error
    rows = given.get("questions") if isinstance(given, dict) else given
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _invalid("exam_set_unreadable", "The file must be a list of objects with `question`.")
    return [{_column(str(key)): value for key, value in row.items()} for row in rows]


def _from_sheet(content: bytes) -> list[dict[str, Any]]:
    try:
        sheet = sheets.read(content)
    except sheets.SheetError as error:
        raise _invalid(error.code, str(error)) from error
    named = [_column(title) for title in sheet.rows[0]]
    rows = sheet.rows[1:]
    if "question" not in named:  # no titles: in the order in which the columns are described
        named, rows = ["question", "expected", "needs_person"], sheet.rows
    return [dict(zip(named, row, strict=False)) for row in rows]


def _column(title: str) -> str:
    wanted = title.strip().casefold()
    return next((name for name, known in COLUMNS.items() if wanted in known), "")


def _question(row: dict[str, Any]) -> Question:
    return {
        "question": _text(row.get("question")),
        "expected": _text(row.get("expected")),
        "needs_person": _flag(row.get("needs_person")),
    }


def _text(value: Any) -> str:
    return "" if value is None else str(value).replace("\x00", "").strip()[:LONGEST]


def _flag(value: Any) -> bool | None:
    word = str(value).strip().casefold() if value is not None else ""
    return True if word in YES else False if word in NO else None


def _invalid(code: str, detail: str) -> Invalid:
    return Invalid(code, detail, file=[detail])
