"""Statements that are sent all day with other values: built once by Django, then only filled in.

Building a query set takes several times as long as PostgreSQL needs to answer it. The query set stays the one
place that says who may see what; only its text is kept. Both fences stand: the company is a value like the
others, always that of the open scope, and row-level security compares it once more.
"""

import functools
from collections import namedtuple
from collections.abc import Callable, Hashable
from typing import Any

from django.db import connection
from django.db.models import Expression, ForeignKey, Lookup, QuerySet

from tenants.scoping import current_company_id, scope_to_be_filled


class Later(Expression):
    """A value that is given when the statement is sent."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]

    def resolve_expression(self, *args: Any, **kwargs: Any) -> "Later":
        return self


@ForeignKey.register_lookup
class AnyOf(Lookup):  # type: ignore[type-arg]
    """`queue__any=[3, 5]`: like `in`, but one value however long the list is, so the text stays the same."""

    lookup_name = "any"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*values, self.rhs]


COMPANY = Later("company")


class Statement:
    """A query set by `build(*shape)`, with `Later(name)` where a value goes, kept as text for each shape.

    Shapes are kinds of lists and of rights, never ids: what is rarely asked for is forgotten.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._text = functools.lru_cache(maxsize=200)(self._write)

    def rows(self, *shape: Hashable, **values: Any) -> list[Any]:
        """What the database answers to this company, with the names that `build` gave to the columns."""
        text, places, row = self._text(*shape)
        values["company"] = current_company_id()
        filled = [values[place.name] if isinstance(place, Later) else place for place in places]
        with connection.cursor() as cursor:
            cursor.execute(text, filled)
            return list(map(row, cursor.fetchall()))

    def _write(self, *shape: Hashable) -> tuple[str, list[Any], Callable[[Any], Any]]:
        with scope_to_be_filled(COMPANY):
            rows: Any = self._build(*shape)
            text, places = rows.query.sql_with_params()
        assert any(place is COMPANY for place in places), "A statement names its company."
        return text, list(places), namedtuple("Row", rows._fields)._make  # type: ignore[misc]
