"""What the real API refuses, so that a wrong request fails here too."""

import base64
import binascii
from typing import Any

from .errors import Wrong
from .reading import Asked
from .state import State


def key(given: str, dialect: str) -> None:
    """Any key but none and those that begin with "wrong"."""
    if dialect == "ollama":
        return  # a server at home asks for none
    if not given or given.startswith("wrong"):
        if dialect == "gemini":
            raise Wrong(400, message="API key not valid. Please pass a valid API key.")
        raise Wrong(401)


def model(state: State, name: str, dialect: str) -> None:
    if not name:
        raise Wrong(400, "missing_required_parameter", "Missing required parameter: 'model'.", "model")
    if not any(row["id"] == name for row in state.models):
        if dialect == "ollama":
            raise Wrong(404, "", f"model '{name}' not found")
        raise Wrong(404, "model_not_found")


def request(body: dict[str, Any], asked: Asked) -> None:
    """Tools in strict mode, pictures that are pictures, a temperature where the model has one."""
    if body.get("temperature") is not None and "reasoning" in asked.model:
        raise Wrong(
            400, "unsupported_parameter",
            "Unsupported parameter: 'temperature' is not supported with this model.", "temperature",
        )  # fmt: skip
    if not asked.turns:
        raise Wrong(400, "missing_required_parameter", "One of 'input' or 'messages' must be given.", "input")
    for tool in asked.tools:
        if tool.get("strict"):
            _strict(tool["parameters"], f"tools.{tool['name']}")
    if asked.schema is not None:
        _strict(asked.schema, "text.format.schema")
    for url in _pictures(body):
        _picture(url)


def _strict(schema: dict[str, Any], place: str) -> None:
    """Strict schemas close every object and require every property of it."""
    if schema.get("type") == "object":
        names = set(schema.get("properties", {}))
        if schema.get("additionalProperties") is not False or set(schema.get("required", [])) != names:
            raise Wrong(
                400, "invalid_function_parameters",
                f"Invalid schema for {place}: 'required' must include every key in properties and "
                "'additionalProperties' must be false.", place,
            )  # fmt: skip
        for name, inner in schema.get("properties", {}).items():
            _strict(inner, f"{place}.{name}")
    if isinstance(schema.get("items"), dict):
        _strict(schema["items"], f"{place}.items")


def _pictures(body: dict[str, Any]) -> list[str]:
    given = body.get("input") if isinstance(body.get("input"), list) else body.get("messages")
    urls: list[str] = []
    for item in given or []:
        content = item.get("content")
        for part in content if isinstance(content, list) else []:
            if part["type"] == "input_image":
                urls.append(part["image_url"])
            elif part["type"] == "image_url":
                urls.append(part["image_url"]["url"])
    return urls


def _picture(url: str) -> None:
    head, _, text = url.partition(",")
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error:
        data = b""
    good = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"GIF8")
    if not head.startswith("data:image/") or not data.startswith(good):
        raise Wrong(400, "invalid_image_format", "You uploaded an unsupported image.", "input")
