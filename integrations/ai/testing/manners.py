"""What the server says without a rule: it looks things up, quotes what it was given, and says that it is scripted."""

import json
import re
from typing import Any

from .reading import Asked
from .vectors import words

GREETINGS = {
    "oi", "ola", "opa", "bom", "boa", "dia", "tarde", "noite", "obrigado", "obrigada", "hi", "hello", "hey",
    "thanks", "thank", "you", "good", "morning", "hola", "gracias", "buenos", "buenas", "dias", "tardes", "tudo", "bem",
}  # fmt: skip
SIGNS = {
    "pt": {"nao", "voce", "meu", "minha", "qual", "quanto", "obrigado", "ola", "oi", "como", "onde", "e", "um", "uma"},
    "es": {"usted", "mi", "cual", "cuanto", "gracias", "hola", "donde", "y", "el", "los", "las", "una", "quiero"},
    "en": {"the", "my", "is", "what", "how", "thanks", "hello", "hi", "where", "you", "can", "i", "a", "do"},
}  # fmt: skip
SAYS = {
    "pt": "Resposta de demonstração: isto veio de um servidor local com respostas prontas, não de uma IA.",
    "es": "Respuesta de demostración: viene de un servidor local con respuestas preparadas, no de una IA.",
    "en": "Demo answer: this comes from a local server with scripted answers, not from an AI.",
}
DATA_SOURCE = '{"kind": "source"'
SOURCE = re.compile(r"^\s*\[([\w:.-]{1,40})\]\s+(.+)$", re.MULTILINE)


def manners(asked: Asked) -> dict[str, Any]:
    """As a rule's `then`: {"calls"} or {"say"} or {"json"}."""
    if asked.schema is not None:
        return {"json": _filled(asked.schema, asked)}
    search = next((tool for tool in asked.tools if "search" in tool["name"]), None)
    if search is not None and not asked.results and not _is_small_talk(asked.text):
        return {"calls": [{"name": search["name"], "arguments": _filled(search["parameters"], asked)}]}
    if quote := _quote(asked):
        return {"say": quote}
    marked = "[0]" in asked.instructions  # whoever asks wants every answer marked with what it stands on
    if marked and not _is_small_talk(asked.text) and any(tool["name"] == "hand_over" for tool in asked.tools):
        return {
            "calls": [
                {"name": "hand_over", "arguments": {"reason": "no_source", "summary": asked.text[:400]}}
            ]
        }
    return {"say": SAYS[language(asked.text)] + (" [0]" if marked else "")}


def language(text: str) -> str:
    """pt, es or en, by its small words; Portuguese when nothing tells."""
    said = set(plain_words(text))
    return max(SIGNS, key=lambda name: (len(said & SIGNS[name]), name == "pt"))


def plain_words(text: str) -> list[str]:
    return words(text, keep_small=True)


def _is_small_talk(text: str) -> bool:
    said = plain_words(text)
    return len(said) <= 6 and set(said) <= GREETINGS


def _quote(asked: Asked) -> str:
    """The given source that shares most words with the question, and its mark."""
    said = [line for line in asked.text.splitlines() if not line.startswith(DATA_SOURCE)]
    wanted = set(words("\n".join(said)))
    best: tuple[int, str] = (0, "")
    for mark, text in _sources(asked):
        shared = len(wanted & set(words(text)))
        if shared > best[0]:
            best = (shared, f"{text.strip()[:400]} [{mark}]")
    return best[1]


def _sources(asked: Asked) -> list[tuple[str, str]]:
    """Lines that begin with a mark in brackets, and rows with a text inside JSON that a tool answered, or that
    stand in lines of their own among what the user gave."""
    system = "\n".join(text for role, text in asked.turns if role == "system")
    found = SOURCE.findall("\n".join([asked.instructions, system, *asked.results]))
    data = [line for line in asked.text.splitlines() if line.startswith(DATA_SOURCE)]
    for result in [*asked.results, *data]:
        try:
            _rows(json.loads(result), found)
        except ValueError:
            continue
    return found


def _rows(value: Any, found: list[tuple[str, str]]) -> None:
    if isinstance(value, dict):
        text = value.get("text") or value.get("answer")
        mark = value.get("source") or value.get("mark") or value.get("number") or value.get("id")
        if isinstance(text, str) and mark is not None:
            found.append((str(mark).strip("[]"), text))
        for inner in value.values():
            _rows(inner, found)
    elif isinstance(value, list):
        for inner in value:
            _rows(inner, found)


def _filled(schema: dict[str, Any], asked: Asked, name: str = "") -> Any:
    """The smallest thing that the schema allows, with the user's words where a text belongs."""
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "string")
    kind = next(part for part in kind if part != "null") if isinstance(kind, list) else kind
    match kind:
        case "object":
            inner = schema.get("properties", {})
            return {key: _filled(value, asked, key) for key, value in inner.items()}
        case "array":
            return []
        case "integer" | "number":
            return schema.get("minimum", 0)
        case "boolean":
            return False
        case "null":
            return None
    return asked.text[:200] if name in {"query", "question", "text", "q"} else SAYS[language(asked.text)]
