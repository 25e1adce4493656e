"""Parts of a request body, or the error with which Meta says that they are missing or malformed."""

from ..errors import GraphError
from ..records import Json


def missing(name: str) -> GraphError:
    return GraphError(131008, f"The parameter {name} is required.")


def invalid(name: str, why: str = "") -> GraphError:
    return GraphError(131009, f"Parameter value is not valid: {name}{': ' + why if why else ''}.")


def part(body: Json, key: str, where: str = "") -> Json:
    value = body.get(key)
    if value is None:
        raise missing(f"{where}{key}")
    if not isinstance(value, dict):
        raise GraphError(100, f"Param {where}{key} must be a JSON object.")
    return value


def items(body: Json, key: str, where: str = "") -> list[Json]:
    value = body.get(key)
    if not value:
        raise missing(f"{where}{key}")
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise GraphError(100, f"Param {where}{key} must be an array of objects.")
    return value


def text(body: Json, key: str, longest: int, where: str = "", *, required: bool = True) -> str:
    value = body.get(key)
    if value is None or value == "":
        if required:
            raise missing(f"{where}['{key}']")
        return ""
    if not isinstance(value, str):
        raise GraphError(100, f"Param {where}['{key}'] must be a string.")
    if len(value) > longest:
        raise GraphError(100, f"Param {where}['{key}'] must be at most {longest} characters long.")
    return value
