"""What the search finds: a passage of a document, or an answer, with its words and its meaning.

Vectors of any model fit. HNSW wants one size for an index, so there is an index for each size of `SIZES`, over the
rows of that size alone; a vector of another size is filled up with zeros to the next (which changes no angle between
two of them), and one beyond the largest is cut. Half precision: half the memory, and no order of results changed in
our measurements.
"""

from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from pgvector.django import HalfVectorField, HnswIndex

from integrations.models.knowledge import KnowledgeAnswer, KnowledgeDocument, Tongue
from tenants.scoping import CompanyModel, scoped

SIZES = (256, 384, 768, 1024, 1536, 3072, 4000)  # 4,000 is the most that HNSW takes in half precision


def size_for(length: int) -> int:
    """The size under which a vector of this length is kept."""
    return next((size for size in SIZES if length <= size), SIZES[-1])


def _by_meaning(size: int) -> HnswIndex:
    column = Cast("embedding", HalfVectorField(dimensions=size))
    return HnswIndex(
        OpClass(column, name="halfvec_cosine_ops"), name=f"knowledge_meaning_{size}", condition=Q(size=size),
        m=16, ef_construction=64,
    )  # fmt: skip


class KnowledgeChunk(CompanyModel):
    """`start` and `end` are places in the document's text. `words` is kept by a trigger, and so is the company's
    vocabulary: what a chunk says never changes, it is replaced.

    `size` is the size of `SIZES` under which its vector is indexed; null as long as it has none.
    """

    document = models.ForeignKey(
        KnowledgeDocument, on_delete=models.CASCADE, null=True, related_name="chunks"
    )
    answer = models.ForeignKey(KnowledgeAnswer, on_delete=models.CASCADE, null=True, related_name="chunks")
    position = models.PositiveIntegerField(default=0)
    heading = models.CharField(max_length=300, blank=True)
    page = models.PositiveIntegerField(null=True)
    text = models.TextField()
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    sector = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=2, choices=Tongue, blank=True)
    is_pending = models.BooleanField(default=False)  # of an answer that nobody has validated
    words = SearchVectorField(editable=False, default="")
    embedding = HalfVectorField(null=True)
    size = models.PositiveSmallIntegerField(null=True)
    embedded_with = models.CharField(max_length=120, blank=True)

    objects: Any = scoped()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(document=None) ^ Q(answer=None), name="knowledge_chunk_of_one"
            ),
        ]
        indexes = [
            GinIndex(fields=["words"], name="knowledge_chunk_words", fastupdate=False),
            # Small companies are compared row by row: exact, and quicker than a graph shared with all others
            models.Index(fields=["company", "embedded_with"], name="knowledge_chunk_company"),
            *(_by_meaning(size) for size in SIZES),
        ]


class KnowledgeWord(CompanyModel):
    """The company's vocabulary: how many chunks have a stem (how much it says), or a word as it is written
    (`is_spoken`: what a mistyped word may have meant). The empty word counts all chunks."""

    word = models.CharField(max_length=60)
    is_spoken = models.BooleanField(default=False)
    chunks = models.IntegerField(default=0)

    objects: Any = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "is_spoken", "word"], name="knowledge_word_once"),
        ]
        indexes = [
            GinIndex(
                "company", OpClass("word", name="gin_trgm_ops"), name="knowledge_word_alike",
                condition=Q(is_spoken=True),
            ),
        ]  # fmt: skip


class KnowledgeIndex(CompanyModel):
    """Which model the company's vectors are of, and how far a change to another one is.

    As long as `model` is not the provider's, words alone answer: vectors of two models cannot be compared.
    """

    model = models.CharField(max_length=120, blank=True)
    size = models.PositiveSmallIntegerField(null=True)
    target = models.CharField(max_length=120, blank=True)  # blank when nothing is under way
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=40, blank=True)  # why it stopped: a code of AiError
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: Any = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company"], name="knowledge_index_once")]
        indexes = [models.Index(fields=["updated_at"], name="knowledge_reindexing", condition=~Q(target=""))]
