"""The one string in whatever a workflow answers: people wire theirs up in many ways."""

from typing import Any

KEYS = ("output", "message", "text", "response", "result", "answer", "reply", "content")
INSIDE = ("data", "json", "body", "choices")  # where workflow tools put the answer of a step
DEEPEST = 5


def text_of(answer: Any, *, depth: int = 0) -> str:
    """The text of an answer; blank when there is none.

    {"output": …} or another of KEYS, a list (its first item counts), a plain string, an object within another,
    {"data": {…}} and {"json": {…}}, and OpenAI's {"choices": [{"message": {"content": …}}]}.
    """
    if isinstance(answer, str):
        return answer.strip()
    if isinstance(answer, bool) or answer is None or depth > DEEPEST:
        return ""
    if isinstance(answer, int | float):
        return str(answer)
    if isinstance(answer, list):
        return text_of(answer[0], depth=depth + 1) if answer else ""
    if isinstance(answer, dict):
        found = (text_of(answer[key], depth=depth + 1) for key in (*KEYS, *INSIDE) if key in answer)
        return next((text for text in found if text), "")
    return ""
