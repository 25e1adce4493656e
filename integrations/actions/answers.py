"""Questions with their answers: written by people, or learned and then validated."""

from typing import Any

from django.db import transaction

from helpdesk.errors import Invalid, Refused
from helpdesk.events import Event, publish
from integrations.actions import embedding
from integrations.events import ANSWER_CREATED, ANSWER_DELETED, ANSWER_UPDATED
from integrations.models import KnowledgeAnswer, KnowledgeChunk
from integrations.models.knowledge import Validation
from integrations.reading.languages import language_of
from tenants.actions import audit
from tenants.models import User

MOST = 50_000  # of a company


@transaction.atomic
def create(*, by: audit.Actor, user: User | None, **fields: Any) -> KnowledgeAnswer:
    """Found by its words at once, and by its meaning a moment later."""
    if KnowledgeAnswer.objects.count() >= MOST:
        raise Refused("answers_full", f"A company can have {MOST} answers.")
    answer = KnowledgeAnswer(user=user, **fields)
    _check(answer)
    answer.save()
    _index(answer)
    audit.record("knowledge_answer.created", actor=by, target=f"knowledge_answer:{answer.pk}")
    return _tell(ANSWER_CREATED, answer)


@transaction.atomic
def update(row: KnowledgeAnswer, *, by: audit.Actor, **fields: Any) -> KnowledgeAnswer:
    """Change what is given and leave the rest."""
    answer: KnowledgeAnswer = KnowledgeAnswer.objects.locked(row.pk)
    for name, value in fields.items():
        setattr(answer, name, value)
    _check(answer)
    answer.save()
    said = {"question", "answer", "language"} & set(fields)
    if said:
        _index(answer)
    else:
        is_pending = answer.validated_by == Validation.PENDING
        KnowledgeChunk.objects.filter(answer=answer).update(sector=answer.sector, is_pending=is_pending)
    audit.record("knowledge_answer.updated", actor=by, target=f"knowledge_answer:{answer.pk}")
    return _tell(ANSWER_UPDATED, answer)


@transaction.atomic
def delete(answer: KnowledgeAnswer, *, by: audit.Actor) -> None:
    answer = KnowledgeAnswer.objects.locked(answer.pk)
    audit.record("knowledge_answer.deleted", actor=by, target=f"knowledge_answer:{answer.pk}")
    _tell(ANSWER_DELETED, answer)
    KnowledgeAnswer.objects.filter(pk=answer.pk).delete()


def _check(answer: KnowledgeAnswer) -> None:
    if answer.validated_by != Validation.PENDING and not answer.answer.strip():
        raise Invalid(
            "answer_missing", "An answer that is validated has a text.", answer=["Write the answer."]
        )


def _index(answer: KnowledgeAnswer) -> None:
    """One passage, however long: question and answer belong together."""
    KnowledgeChunk.objects.filter(answer=answer).delete()
    text = answer.answer or answer.question
    KnowledgeChunk.objects.create(
        answer=answer, heading=answer.question[:300], text=text, end=len(text), sector=answer.sector,
        language=answer.language or language_of(f"{answer.question} {text}", answer.company.language[:2]),
        is_pending=answer.validated_by == Validation.PENDING,
    )  # fmt: skip
    embedding.embed.nudge(answer.company_id)


def _tell(event: Event, answer: KnowledgeAnswer) -> KnowledgeAnswer:
    publish(event, answer, to={"company"})
    return answer
