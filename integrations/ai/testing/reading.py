"""What a call asks, whichever dialect it came in."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Asked:
    """`endpoint` is respond, embed, transcribe, speak or models."""

    endpoint: str
    model: str = ""
    instructions: str = ""
    turns: list[tuple[str, str]] = field(
        default_factory=list
    )  # (role, text), roles: user, assistant, system, tool
    images: int = 0
    tools: list[dict[str, Any]] = field(default_factory=list)  # {name, description, parameters}
    schema: dict[str, Any] | None = None
    file: str = ""  # name of the recording

    @property
    def text(self) -> str:
        """What the user said last."""
        return next((text for role, text in reversed(self.turns) if role == "user"), "")

    @property
    def results(self) -> list[str]:
        """What tools answered since the user spoke."""
        found: list[str] = []
        for role, text in reversed(self.turns):
            if role == "user":
                break
            if role == "tool":
                found.insert(0, text)
        return found

    @property
    def everything(self) -> str:
        return "\n".join([self.instructions, *(text for _, text in self.turns)])

    def fits(self, name: str, wanted: Any) -> bool:
        """One condition of a rule."""
        match name:
            case "endpoint" | "model":
                return bool(getattr(self, name) == wanted)
            case "text" | "instructions" | "file" | "everything":
                return str(wanted).lower() in str(getattr(self, name)).lower()
            case "result":
                return any(str(wanted).lower() in text.lower() for text in self.results)
            case "round":  # how many tools have answered since the user spoke
                return len(self.results) == int(wanted)
            case "image":
                return bool(self.images) == bool(wanted)
            case "tool":  # a tool of this name is offered
                return any(tool["name"] == wanted for tool in self.tools)
            case "schema":
                return (self.schema is not None) == bool(wanted)
        raise ValueError(f"No such condition: {name}")


def of_responses(body: dict[str, Any]) -> Asked:
    """POST /responses."""
    asked = Asked("respond", str(body.get("model", "")), str(body.get("instructions") or ""))
    given = body.get("input", "")
    items = [{"role": "user", "content": given}] if isinstance(given, str) else given
    for item in items:
        kind = item.get("type", "message")
        if kind == "function_call_output":
            asked.turns.append(("tool", _plain(asked, item["output"])))
        elif kind == "message":
            role = {"developer": "system"}.get(item["role"], item["role"])
            asked.turns.append((role, _plain(asked, item["content"])))
    asked.tools = [tool for tool in body.get("tools") or [] if tool.get("type") == "function"]
    form = (body.get("text") or {}).get("format") or {}
    asked.schema = form.get("schema") if form.get("type") == "json_schema" else None
    return asked


def of_chat(body: dict[str, Any]) -> Asked:
    """POST /chat/completions."""
    asked = Asked("respond", str(body.get("model", "")))
    for message in body.get("messages") or []:
        text = _plain(asked, message.get("content") or "")
        if message["role"] in {"system", "developer"} and not asked.turns and not asked.instructions:
            asked.instructions = text
        elif message["role"] != "assistant" or text:
            role = {"developer": "system"}.get(message["role"], message["role"])
            asked.turns.append((role, text))
    asked.tools = [tool["function"] for tool in body.get("tools") or []]
    form = body.get("response_format") or {}
    asked.schema = form["json_schema"]["schema"] if form.get("type") == "json_schema" else None
    return asked


def _plain(asked: Asked, content: Any) -> str:
    """The text of a content, whose pictures are counted."""
    if isinstance(content, str):
        return content
    texts: list[str] = []
    for part in content:
        if part["type"] in {"input_image", "image_url"}:
            asked.images += 1
        elif part["type"] in {"input_text", "output_text", "text"}:
            texts.append(part["text"])
    return "\n".join(texts)
