"""The passages that are searched: the set itself, and many more around it."""

import random
import re
from typing import Any

import psycopg
from django.db import connection

from bench.retrieval.model import NAME, Model
from bench.retrieval.questions import Question, the_set
from bench.world import SERVICES
from tests.support import database

BATCH = 5_000
INDEXES = ("knowledge_meaning_256", "knowledge_chunk_words")


def tell(model: Model) -> tuple[list[int], list[Question]]:
    """The set as one document of the open company. Answers the ids of its passages in order."""
    from integrations.models import KnowledgeChunk, KnowledgeDocument, KnowledgeIndex
    from integrations.models.knowledge_search import fitted
    from tenants.scoping import current_company_id

    passages, questions = the_set()
    document = KnowledgeDocument.objects.create(name="Handbook", source="text", state="ready")
    made = KnowledgeChunk.objects.bulk_create(
        KnowledgeChunk(
            company_id=current_company_id(), document=document, position=place, text=text, end=len(text),
            heading=text.split(".")[0], language=language, embedding=fitted(vector), size=256, embedded_with=NAME,
        )
        for place, ((language, text), vector) in enumerate(
            zip(passages, model.embed([text for _, text in passages]), strict=True)
        )
    )  # fmt: skip
    KnowledgeIndex.objects.create(model=NAME, size=256)
    return [chunk.pk for chunk in made], questions


def fill(name: str, company: int, model: Model, count: int) -> None:
    """Passages of sentences of the set and numbers of their own, written past the indexes of all rows."""
    from integrations.models import KnowledgeDocument, KnowledgeIndex
    from tenants.scoping import company_scope

    with company_scope(company):
        document = KnowledgeDocument.objects.create(name="Archive", source="text", state="ready")
        KnowledgeIndex.objects.create(model=NAME, size=256)
    passages, _ = the_set()
    sentences = {
        language: [part for own, text in passages if own == language for part in re.split(r"(?<=\.) ", text)]
        for language in ("pt", "en", "es")
    }
    chance = random.Random(company)  # the same passages each time
    print(f"Writing {count:,} passages…", flush=True)
    with psycopg.connect(database.url_for(SERVICES.owner_url, name), autocommit=True) as owner:
        owner.execute("SELECT set_config('helpdesk.company', %s, false)", [str(company)])
        kept = _without_indexes(owner) if count > BATCH * 4 else []
        for first in range(0, count, BATCH):
            _write(owner, document, model, sentences, chance, range(first, min(first + BATCH, count)))
        owner.execute("SET maintenance_work_mem = '1GB'")
        for definition in kept:
            owner.execute(definition)
        owner.execute("ANALYZE integrations_knowledgechunk, integrations_knowledgeword")
    connection.close()


def _without_indexes(owner: psycopg.Connection) -> list[str]:
    rows = owner.execute(
        "SELECT indexdef FROM pg_indexes WHERE indexname = ANY (%s)", [list(INDEXES)]
    ).fetchall()
    for index in INDEXES:
        owner.execute(f"DROP INDEX {index}")
    return [definition for (definition,) in rows]


def _write(
    owner: psycopg.Connection,
    document: Any,
    model: Model,
    sentences: dict[str, list[str]],
    chance: random.Random,
    places: range,
) -> None:
    rows = []
    for place in places:
        language = ("pt", "en", "es")[place % 3]
        said = chance.sample(sentences[language], 4)
        said.append(f"Ref {chance.randrange(10**6)} {_word(chance)} {_word(chance)}.")
        rows.append((place, language, " ".join(said), f"s{place % 10}"))
    vectors = model.embed([text for _, _, text, _ in rows])
    with owner.cursor() as cursor, cursor.copy(
        "COPY integrations_knowledgechunk (company_id, document_id, position, heading, text, start, \"end\", sector, "
        "language, is_pending, embedding, size, embedded_with, words, created_at, updated_at, version) FROM STDIN"
    ) as copy:  # fmt: skip
        for (place, language, text, sector), vector in zip(rows, vectors, strict=True):
            shown = "[" + ",".join(f"{value:.5g}" for value in vector) + "]"
            copy.write_row(
                (document.company_id, document.pk, place, text.split(".")[0][:300], text, 0, len(text), sector,
                 language, False, shown, 256, NAME, "", "2026-01-01", "2026-01-01", 1)
            )  # fmt: skip


def _word(chance: random.Random) -> str:
    """A word that few other passages have."""
    return "".join(
        chance.choice(("ba", "co", "di", "fe", "gu", "la", "mo", "ne", "pi", "ru")) for _ in range(4)
    )
