"""Statements that are sent all day with other values: built once by Django, then only filled in.

Building a query set takes several times as long as PostgreSQL needs to answer it. The query set stays the one
place that says who may see what; only its text is kept. Both fences stand: the company is a value like the
others, always that of the open scope, and row-level security compares it once more.
"""

import functools
from collections import namedtuple
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Expression, Field, ForeignKey, Lookup, QuerySet
from django.db.models.query import ModelIterable, get_related_populators
from django.db.transaction import TransactionManagementError
from django.utils.timezone import now

from helpdesk.api import cut
from tenants.scoping import current_company_id, scope_to_be_filled


class Later(Expression):
    """A value that is given when the statement is sent."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]

    def resolve_expression(self, *args: Any, **kwargs: Any) -> "Later":
        return self


@ForeignKey.register_lookup  # which looks no further than itself
@Field.register_lookup
class AnyOf(Lookup):
    """`queue__any=[3, 5]`: like `in`, but one value however long the list is, so the text stays the same."""

    lookup_name = "any"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*values, self.rhs]


COMPANY = Later("company")
Read = Callable[[Iterable[Sequence[Any]]], list[Any]]


@dataclass(frozen=True, slots=True)
class _Text:
    sql: str
    places: tuple[Any, ...]
    read: Read
    locks: bool


class Statement:
    """A query set by `build(*shape)`, with `Later(name)` where a value goes, kept as text for each shape.

    Shapes are kinds of lists and of rights, never ids: what is rarely asked for is forgotten.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._text = functools.lru_cache(maxsize=200)(self._write)

    def rows(self, *shape: Hashable, **values: Any) -> list[Any]:
        """What the query set would give to this company: objects, or rows with the names of its columns."""
        text = self._text(*shape)
        if text.locks and not connection.in_atomic_block:
            raise TransactionManagementError("A lock needs a transaction.")
        values["company"] = current_company_id()
        filled = [values[place.name] if isinstance(place, Later) else place for place in text.places]
        with connection.cursor() as cursor:
            cursor.execute(text.sql, filled)
            return text.read(cursor.fetchall())

    def _write(self, *shape: Hashable) -> _Text:
        with scope_to_be_filled(COMPANY):
            rows: Any = self._build(*shape)
            compiler = rows.query.get_compiler(rows.db)
            sql, places = compiler.as_sql()
        assert any(place is COMPANY for place in places), "A statement names its company."
        as_objects = issubclass(rows._iterable_class, ModelIterable)
        read = _objects(compiler) if as_objects else _named(rows._fields)
        return _Text(sql, tuple(places), read, rows.query.select_for_update)


def a_page(rows: Any, ordering: tuple[str, ...], size: int, follows: bool) -> Any:
    """For `build`: one page of these rows, behind a position when it follows another."""
    after = [Later(f"after{place}") for place in range(len(ordering))] if follows else []
    return cut(rows, ordering, size, after)


def update_of(row: Any, fields: Iterable[str]) -> tuple[str, list[Any]]:
    """What `row.save(update_fields=fields)` would send, to go to the server as part of another statement."""
    row.version += 1
    row.updated_at = now()
    quote = connection.ops.quote_name
    columns = [row._meta.get_field(name) for name in dict.fromkeys([*fields, "version", "updated_at"])]
    values = [column.get_db_prep_save(getattr(row, column.attname), connection) for column in columns]
    changes = ", ".join(f"{quote(column.column)} = %s" for column in columns)
    return " ".join(["UPDATE", quote(row._meta.db_table), "SET", changes, "WHERE id = %s"]), [*values, row.pk]


def _named(names: tuple[str, ...]) -> Read:
    row: Any = namedtuple("Row", names)  # type: ignore[misc]
    return lambda rows: list(map(row._make, rows))


def _objects(compiler: Any) -> Read:
    """As Django's ModelIterable does it, with what depends on the statement alone found out once."""
    first, last = compiler.klass_info["select_fields"][0], compiler.klass_info["select_fields"][-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:last]]
    related = get_related_populators(  # type: ignore[call-arg]  # the stubs know the next Django
        compiler.klass_info, compiler.select, compiler.using
    )
    extra = list((compiler.annotation_col_map or {}).items())
    converters = compiler.get_converters([column[0] for column in compiler.select])
    model = compiler.klass_info["model"]

    def read(rows: Iterable[Sequence[Any]]) -> list[Any]:
        found = []
        for row in compiler.apply_converters(rows, converters) if converters else rows:
            one = model.from_db(compiler.using, names, row[first:last])
            for populator in related:
                populator.populate(row, one)
            for name, place in extra:
                setattr(one, name, row[place])
            found.append(one)
        return found

    return read
