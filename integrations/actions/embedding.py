"""Passages get their vectors, in parts, behind everything else: nothing waits for them.

One job at a time per company. When the provider's model changes, every passage gets a vector of the new one while
words alone answer; the index turns to the new model when the last is done (`KnowledgeIndex`).
"""

import time
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Q
from django.utils.timezone import now

from helpdesk.events import publish, publish_signal
from integrations.actions import asking
from integrations.actions.searching import embedding_model
from integrations.ai.port import AiError
from integrations.events import DOCUMENT_UPDATED, INDEX_CHANGED
from integrations.models import AiProvider, KnowledgeChunk, KnowledgeDocument, KnowledgeIndex, KnowledgeWord
from integrations.models.knowledge_search import fitted
from integrations.models.passage import size_for
from tenants.scoping import CompanyTask, current_company_id, platform_scope

PART = 32  # passages in one call
TURN = 10.0  # seconds; then other companies have theirs
LEASE = 180  # seconds: longer than a call may take
PAUSE = timedelta(minutes=5)  # after the provider refused
SWEEP_LIMIT = 200


@shared_task(base=CompanyTask)
def embed(company_id: int) -> None:
    """The next passages without a vector of the provider's model; then again, until none is left."""
    model = embedding_model()
    lease = f"knowledge:embedding:{company_id}"
    if not model or not cache.add(lease, 1, LEASE):
        return
    until = time.monotonic() + TURN
    is_left = True
    try:
        _aim(model)
        while is_left and time.monotonic() < until:
            cache.touch(lease, LEASE)
            is_left = _part(model)
    except AiError as error:
        KnowledgeIndex.objects.update(reason=error.code, updated_at=now())
        is_left = False
    finally:
        cache.delete(lease)
    _tell(company_id)
    if is_left:
        embed.nudge(company_id)


@shared_task
def sweep() -> None:
    """Companies whose passages wait, whose provider's model changed, or whose job died."""
    with platform_scope("passages of all companies that have no vector yet"):
        able = AiProvider.objects.usable().exclude(embedding_model="")
        companies = set(able.values_list("company_id", flat=True).distinct())
        paused = KnowledgeIndex.objects.exclude(reason="").filter(updated_at__gt=now() - PAUSE)
        companies -= set(paused.values_list("company_id", flat=True))
        waiting = KnowledgeChunk.objects.filter(company__in=companies, embedded_with="")
        turning = KnowledgeIndex.objects.filter(company__in=companies).exclude(target="")
        settled = set(KnowledgeIndex.objects.values_list("company_id", "model"))
        wanted = set(able.values_list("company_id", "embedding_model"))
        moved = {company for company, model in wanted - settled if company in companies}
        found = {*waiting.values_list("company_id", flat=True).distinct()[:SWEEP_LIMIT]}
        found |= {*turning.values_list("company_id", flat=True)[:SWEEP_LIMIT]}
        for company_id in sorted(found | moved):
            embed.nudge(company_id)


@transaction.atomic
def start_over() -> None:
    """Make every vector anew, as if the model had changed. Words alone answer meanwhile."""
    KnowledgeChunk.objects.exclude(embedded_with="").update(embedded_with="", embedding=None, size=None)
    KnowledgeWord.objects.filter(chunks__lte=0).delete()
    index = _index()
    index.model, index.target, index.reason = "", "", ""
    index.save()
    embed.nudge(index.company_id)


def others(model: str) -> Any:
    """Passages whose vector is not of this model. Two ranges of an index, where "not equal" would read it all."""
    return KnowledgeChunk.objects.filter(Q(embedded_with__lt=model) | Q(embedded_with__gt=model))


@transaction.atomic
def _aim(model: str) -> None:
    """Note what is under way, when the model is another than before."""
    index = _index()
    if index.model != model and index.target != model:
        index.target, index.total, index.done = model, others(model).count(), 0
    index.reason = ""
    index.save()


def _part(model: str) -> bool:
    """The next few. Answers whether there may be more."""
    rows = list(
        others(model).order_by("id").only("id", "heading", "text", "document_id", "company_id")[:PART]
    )
    if rows:
        vectors = asking.embed([f"{row.heading}\n{row.text}" for row in rows], purpose="knowledge").vectors
        if len(vectors) != len(rows):
            raise AiError("bad_answer", "Not one vector for each text.")
        _write(rows, vectors, model)
    with transaction.atomic():
        index = _index()
        index.done += len(rows)
        if len(rows) < PART:
            if index.target:
                index.model, index.target, index.finished_at = model, "", now()
            if rows:
                index.size = size_for(len(vectors[0]))
        index.save()
    return len(rows) == PART


@transaction.atomic
def _write(rows: list[KnowledgeChunk], vectors: Any, model: str) -> None:
    kept = [fitted(vector) for vector in vectors]
    texts = ["[" + ",".join(f"{value:.5g}" for value in vector) + "]" if vector else None for vector in kept]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE integrations_knowledgechunk AS chunk SET embedding = made.vector::halfvec, size = made.size, "
            "embedded_with = %s FROM unnest(%s::bigint[], %s::text[], %s::integer[]) AS made (id, vector, size) "
            "WHERE chunk.id = made.id",
            [model, [row.pk for row in rows], texts, [len(vector) or None for vector in kept]],
        )
    touched = {row.document_id for row in rows if row.document_id}
    whole = touched - set(others(model).filter(document__in=touched).values_list("document_id", flat=True))
    for document in KnowledgeDocument.objects.light().filter(pk__in=whole).exclude(embedded_with=model):
        document.embedded_with = model
        document.save(update_fields=["embedded_with"])
        publish(DOCUMENT_UPDATED, document, to={"company"})


def _index() -> KnowledgeIndex:
    """The company's, locked."""
    found = KnowledgeIndex.objects.select_for_update(of=("self",)).first()
    if found is None:
        KnowledgeIndex.objects.get_or_create(company_id=current_company_id())
        found = KnowledgeIndex.objects.select_for_update(of=("self",)).get()
    index: KnowledgeIndex = found
    return index


def _tell(company_id: int) -> None:
    index = KnowledgeIndex.objects.first()
    if index is not None:
        data = {"total": index.total, "done": min(index.done, index.total)}
        publish_signal(INDEX_CHANGED, company_id, data, to={"company"})
