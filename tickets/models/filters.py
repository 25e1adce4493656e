"""Filters of tickets and of contacts: what a console sends as JSON, checked, and as a question to the database.

`{"all": [...]}` and `{"any": [...]}` hold conditions and further groups. A condition is
`{"key", "operator", "value"}`, and `field` where it asks about one of the company's own fields.
"""

from datetime import datetime
from typing import Any

import orjson
from django.db.models import Q

from helpdesk.errors import Invalid
from tickets.models import filter_values
from tickets.models.conditions import CONDITIONS, Condition, Reader

DEEPEST = 4
MOST = 40  # conditions in one filter
LONGEST = 8_000  # characters of its JSON in an address

Filter = dict[str, Any]
Conditions = dict[str, Condition]  # what can be asked: of tickets unless another table is named


def read(text: str, conditions: Conditions = CONDITIONS) -> Filter:
    """The filter of a query string. Raises Invalid."""
    if not text.strip():
        return {}
    if len(text) > LONGEST:
        raise _invalid("The filter is too long.")
    try:
        given = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise _invalid("The filter is not JSON.") from error
    return check(given, conditions)


def check(given: Any, conditions: Conditions = CONDITIONS) -> Filter:
    """The same filter with nothing in it that we do not know. Raises Invalid. `{}` narrows nothing."""
    if given in ({}, None):
        return {}
    budget = [MOST]
    return _group(given, 1, budget, conditions)


def question(given: Filter, *, user_id: int | None, at: datetime, conditions: Conditions = CONDITIONS) -> Q:
    """A checked filter as a question to the database."""
    return asked_by(Reader(user_id, at), given, conditions)


def asked_by(reader: Reader, given: Filter, conditions: Conditions = CONDITIONS) -> Q:
    """The same for whoever asks several: what they share is read once."""
    return _ask(given, reader, conditions) if given else Q()


def _group(node: Any, depth: int, budget: list[int], conditions: Conditions) -> Filter:
    if not isinstance(node, dict) or len(node) != 1 or next(iter(node)) not in {"all", "any"}:
        raise _invalid('A group is {"all": [...]} or {"any": [...]}.')
    if depth > DEEPEST:
        raise _invalid(f"Groups can lie {DEEPEST} deep at most.")
    word, children = next(iter(node.items()))
    if not isinstance(children, list):
        raise _invalid(f'"{word}" holds a list.')
    return {word: [_node(child, depth, budget, conditions) for child in children]}


def _node(node: Any, depth: int, budget: list[int], conditions: Conditions) -> Filter:
    if isinstance(node, dict) and "key" in node:
        budget[0] -= 1
        if budget[0] < 0:
            raise _invalid(f"A filter has {MOST} conditions at most.")
        return _condition(node, conditions)
    return _group(node, depth + 1, budget, conditions)


def _condition(node: dict[str, Any], conditions: Conditions) -> Filter:
    key, name = node.get("key"), node.get("operator")
    condition = conditions.get(key) if isinstance(key, str) else None
    if condition is None:
        raise _invalid(f"There is no condition {str(key)[:40]!r}.")
    operator = condition.operators.get(name) if isinstance(name, str) else None
    if operator is None:
        raise _invalid(f"{key!r} knows {', '.join(condition.operators)}, not {str(name)[:40]!r}.")
    known = {"key", "operator", "value"} | ({"field"} if condition.has_field else set())
    if set(node) - known:
        raise _invalid(f"{key!r} has {', '.join(sorted(known))} and nothing else.")
    checked: Filter = {"key": key, "operator": name}
    if condition.has_field:
        checked["field"] = _field(node.get("field"))
    try:
        checked["value"] = filter_values.check(operator.takes, node.get("value"), condition.choices)
    except ValueError as error:
        raise _invalid(f"{key!r} {name!r}: {error}") from error
    return checked


def _field(name: Any) -> str:
    """A name that is a path of nothing: the ORM would follow two underscores into the value."""
    if not isinstance(name, str) or not 0 < len(name) <= 40 or "__" in name or not name.isidentifier():
        raise _invalid("`field` is the key of one of the company's own fields.")
    return name


def _ask(node: Filter, reader: Reader, conditions: Conditions) -> Q:
    if "all" in node:
        together = Q()
        for child in node["all"]:
            together &= _ask(child, reader, conditions)
        return together
    if "any" in node:
        either = Q()
        for child in node["any"]:
            either |= _ask(child, reader, conditions)
        return either
    operator = conditions[node["key"]].operators[node["operator"]]
    value = filter_values.meaning(operator.takes, node["value"])
    return operator.build(value, reader, node.get("field", ""))


def _invalid(detail: str) -> Invalid:
    return Invalid("invalid_filter", detail, filter=[detail])
