"""The passages that are searched: the set itself, and many more around it."""

import random
import re
from functools import cache
from typing import Any

import psycopg
from django.db import connection

from bench.retrieval.model import Model
from bench.retrieval.questions import Question, the_set
from bench.world import SERVICES
from tests.support import database

BATCH = 10_000
COMPANIES = {"Large": 0, "Other": 3_000}  # how many passages beside the many
INDEXES = ("knowledge_meaning_256", "knowledge_chunk_words")


def tell(model: Model) -> tuple[list[int], list[Question]]:
    """The set as one document of the open company. Answers the ids of its passages in order."""
    from integrations.models import KnowledgeChunk, KnowledgeDocument, KnowledgeIndex
    from integrations.models.knowledge_search import fitted
    from tenants.scoping import current_company_id

    passages, questions = the_set()
    document = KnowledgeDocument.objects.create(name="Handbook", source="text", state="ready")
    headed = [(language, text.split(".")[0], text) for language, text in passages]
    vectors = model.embed([f"{heading}\n{text}" for _, heading, text in headed])  # as the product asks
    made = KnowledgeChunk.objects.bulk_create(
        KnowledgeChunk(
            company_id=current_company_id(), document=document, position=place, text=text, end=len(text),
            heading=heading, language=language, embedding=fitted(vector), size=len(fitted(vector)),
            embedded_with=model.name,
        )
        for place, ((language, heading, text), vector) in enumerate(zip(headed, vectors, strict=True))
    )  # fmt: skip
    KnowledgeIndex.objects.create(model=model.name, size=len(fitted(vectors[0])))
    return [chunk.pk for chunk in made], questions


def crowded(model: Model, count: int) -> str:
    """A database of a company with that many passages and one with few: written once and kept, as the large data
    set is; later migrations are added to it."""
    name = f"bench_knowledge_{count}"
    with psycopg.connect(SERVICES.admin_url, autocommit=True) as admin:
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            database.migrate(name)
            return name
    building = database.copy(SERVICES.admin_url, f"{name}_building")
    database.point_at(building)
    for title, few in COMPANIES.items():
        _fill(building, title, model, few or count)
    connection.close()
    with psycopg.connect(SERVICES.admin_url, autocommit=True) as admin:
        admin.execute(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
    return name


def _fill(name: str, title: str, model: Model, count: int) -> None:
    """Passages of sentences of the set and numbers of their own, past the indexes of all rows while they are many."""
    from integrations.models import KnowledgeDocument, KnowledgeIndex
    from tenants.models import Company
    from tenants.scoping import company_scope, platform_scope

    with platform_scope("the bench makes its own companies"):
        company = Company.objects.create(name=title).pk
    with company_scope(company):
        document = KnowledgeDocument.objects.create(name="Archive", source="text", state="ready")
        KnowledgeIndex.objects.create(model=model.name, size=256)
    chance = random.Random(company)  # the same passages each time
    print(f"Writing {count:,} passages (once, they are kept)…", flush=True)
    with psycopg.connect(database.url_for(SERVICES.owner_url, name), autocommit=True) as owner:
        owner.execute("SELECT set_config('helpdesk.company', %s, false)", [str(company)])
        owner.execute("SET maintenance_work_mem = '1GB'")
        kept = _without_indexes(owner) if count > BATCH else []
        for first in range(0, count, BATCH):
            _write(owner, document, model, chance, range(first, min(first + BATCH, count)))
        for definition in kept:
            owner.execute(definition)
        owner.execute("VACUUM ANALYZE integrations_knowledgechunk, integrations_knowledgeword")


def _without_indexes(owner: psycopg.Connection) -> list[str]:
    rows = owner.execute(
        "SELECT indexdef FROM pg_indexes WHERE indexname = ANY (%s)", [list(INDEXES)]
    ).fetchall()
    for index in INDEXES:
        owner.execute(f"DROP INDEX {index}")
    return [definition for (definition,) in rows]


def _write(
    owner: psycopg.Connection, document: Any, model: Model, chance: random.Random, places: range
) -> None:
    rows = [_passage(place, chance) for place in places]
    vectors = model.embed([text for _, _, text in rows])
    with owner.cursor() as cursor, cursor.copy(
        "COPY integrations_knowledgechunk (company_id, document_id, position, heading, text, start, \"end\", sector, "
        "language, is_pending, embedding, size, embedded_with, words, created_at, updated_at, version) FROM STDIN"
    ) as copy:  # fmt: skip
        for (place, language, text), vector in zip(rows, vectors, strict=True):
            shown = "[" + ",".join(f"{value:.5g}" for value in vector) + "]"
            copy.write_row(
                (document.company_id, document.pk, place, text.split(".")[0][:300], text, 0, len(text),
                 f"s{place % 10}", language, False, shown, len(vector), model.name, "", "2026-01-01", "2026-01-01", 1)
            )  # fmt: skip


def _passage(place: int, chance: random.Random) -> tuple[int, str, str]:
    language = ("pt", "en", "es")[place % 3]
    said = [*chance.sample(_sentences(language), 4), f"Ref {chance.randrange(10**6)}"]
    return place, language, f"{' '.join(said)} {_word(chance)} {_word(chance)}."


def _word(chance: random.Random) -> str:
    """A word that few other passages have."""
    return "".join(
        chance.choice(("ba", "co", "di", "fe", "gu", "la", "mo", "ne", "pi", "ru")) for _ in range(4)
    )


@cache
def _sentences(language: str) -> list[str]:
    return [part for own, text in the_set()[0] if own == language for part in re.split(r"(?<=\.) ", text)]
