"""What will be said, before any dialect puts it into its shape."""

import json
import re
from dataclasses import dataclass
from typing import Any

from .errors import Wrong
from .manners import manners
from .reading import Asked
from .state import State
from .vectors import tokens


@dataclass
class Answer:
    """`finish` is done, length or content_filter."""

    text: str
    calls: list[dict[str, str]]
    finish: str
    is_refusal: bool
    input_tokens: int
    cached_tokens: int
    output_tokens: int

    @property
    def pieces(self) -> list[str]:
        """The text as a stream brings it: a word at a time."""
        return re.findall(r"\S+\s*|\s+", self.text)


def decide(state: State, asked: Asked) -> tuple[dict[str, Any], Answer]:
    """The rule that fits, or good manners, and what it makes of this call. Raises Wrong where the rule says so."""
    then = state.what_to_do(asked)
    if "status" in then:
        headers = {"retry-after": str(then["retry_after"])} if "retry_after" in then else {}
        raise Wrong(then["status"], then.get("code", ""), then.get("message", ""), headers=headers)
    if not {"say", "calls", "json", "refusal"} & set(then):
        then = {**then, **manners(asked)}
    text = str(then.get("refusal") or then.get("say") or "")
    if "json" in then:
        text = json.dumps(then["json"], ensure_ascii=False)
    calls = [
        {"name": call["name"], "arguments": _json(call.get("arguments", {}))}
        for call in then.get("calls", [])
    ]
    usage = then.get("usage", {})
    return then, Answer(
        text=text,
        calls=calls,
        finish=then.get("finish", "done"),
        is_refusal="refusal" in then,
        input_tokens=usage.get(
            "input_tokens", tokens(asked.everything) + 50 * len(asked.tools) + 85 * asked.images
        ),
        cached_tokens=usage.get("cached_tokens", 0),
        output_tokens=usage.get(
            "output_tokens", tokens(text) + sum(tokens(call["arguments"]) for call in calls)
        ),
    )


def _json(arguments: Any) -> str:
    """As JSON text; a text is sent as it stands, so that a script can send broken arguments."""
    return arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
