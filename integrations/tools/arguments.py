"""The arguments of a tool call, as the model wrote them, held against the tool's schema."""

import json
import math
from collections.abc import Mapping
from typing import Any

from integrations.tools.port import ToolError

LONGEST = 20_000
_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def checked(parameters: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The arguments. Raises ToolError in words that the model can follow."""
    given = _read(text)
    properties = parameters.get("properties", {})
    if unknown := sorted(set(given) - set(properties)):
        raise ToolError(f"Unknown arguments: {', '.join(unknown)}.")
    missing = [name for name in parameters.get("required", ()) if name not in given]
    nullable = [name for name in missing if "null" in _types(properties[name])]
    if missing != nullable:
        raise ToolError(f"Missing arguments: {', '.join(name for name in missing if name not in nullable)}.")
    for name, value in given.items():
        _check(name, properties[name], value)
    return dict.fromkeys(nullable) | given


def _read(text: str) -> dict[str, Any]:
    if len(text) > LONGEST:
        raise ToolError("The arguments are too long.")
    try:
        given = json.loads(text or "{}")
    except ValueError as error:
        raise ToolError("The arguments are not valid JSON.") from error
    if not isinstance(given, dict):
        raise ToolError("The arguments must be a JSON object.")
    return given


def _check(name: str, rule: Mapping[str, Any], value: Any) -> None:
    types = _types(rule)
    if types and not any(_is(kind, value) for kind in types):
        raise ToolError(f"{name} must be {' or '.join(types)}.")
    if "enum" in rule and value is not None and value not in rule["enum"]:
        raise ToolError(f"{name} must be one of: {', '.join(map(str, rule['enum']))}.")
    if isinstance(value, str) and len(value) > rule.get("maxLength", 4_000):
        raise ToolError(f"{name} is too long.")
    if isinstance(value, float) and not math.isfinite(value):
        raise ToolError(f"{name} must be a number.")


def _is(kind: str, value: Any) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _TYPES.get(kind, ()))


def _types(rule: Mapping[str, Any]) -> list[str]:
    kinds = rule.get("type", [])
    return [kinds] if isinstance(kinds, str) else list(kinds)
