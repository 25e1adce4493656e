"""Our words in those of /chat/completions, and back: for servers that know no Responses."""

from collections.abc import Callable, Iterable
from typing import Any

from integrations.ai.port import (
    AiError,
    Finish,
    Item,
    Reply,
    Request,
    Said,
    Tool,
    ToolCall,
    ToolResult,
    Usage,
)
from integrations.ai.responses import data_url, strict

FINISHES: dict[str, Finish] = {"length": "length", "content_filter": "refused"}


def ask(
    client: Any, request: Request, on_text: Callable[[str], None] | None, with_temperature: bool
) -> Reply:
    """One call; streamed when somebody listens to the pieces."""
    asked = body(request, with_temperature)
    if on_text is None:
        return read(client.chat.completions.create(**asked))
    options = {"include_usage": True}
    with client.chat.completions.create(**asked, stream=True, stream_options=options) as pieces:
        return _gather(pieces, on_text)


def body(request: Request, with_temperature: bool) -> dict[str, Any]:
    asked: dict[str, Any] = {"model": request.model, "messages": _messages(request)}
    if request.tools:
        asked["tools"] = [_tool(tool) for tool in request.tools]
    if with_temperature:
        asked["temperature"] = request.temperature
    if request.max_output_tokens is not None:
        asked["max_tokens"] = request.max_output_tokens  # the old name, which every server knows
    if request.answer_schema is not None:
        schema = {"name": "answer", "schema": dict(request.answer_schema), "strict": True}
        asked["response_format"] = {"type": "json_schema", "json_schema": schema}
    return asked


def _messages(request: Request) -> list[dict[str, Any]]:
    """Tool calls belong to the assistant's message before them; here they are one item each."""
    messages: list[dict[str, Any]] = []
    if request.instructions:
        messages.append({"role": "system", "content": request.instructions})
    for item in request.items:
        if isinstance(item, ToolCall):
            last = messages[-1] if messages else {}
            if last.get("role") != "assistant":
                last = {"role": "assistant", "content": None}
                messages.append(last)
            function = {"name": item.name, "arguments": item.arguments}
            last.setdefault("tool_calls", []).append(
                {"id": item.id, "type": "function", "function": function}
            )
        else:
            messages.append(_message(item))
    return messages


def _message(item: Item) -> dict[str, Any]:
    match item:
        case ToolResult():
            return {"role": "tool", "tool_call_id": item.call_id, "content": item.output}
        case Said(role="user", images=images) if images:
            pictures = [{"type": "image_url", "image_url": {"url": data_url(image)}} for image in images]
            return {"role": "user", "content": [{"type": "text", "text": item.text}, *pictures]}
        case Said(role="developer"):
            return {"role": "system", "content": item.text}  # the name that every server knows
        case Said():
            return {"role": item.role, "content": item.text}
    raise TypeError(item)


def _tool(tool: Tool) -> dict[str, Any]:
    function = {
        "name": tool.name, "description": tool.description, "parameters": strict(tool), "strict": True,
    }  # fmt: skip
    return {"type": "function", "function": function}


def read(answer: Any) -> Reply:
    choice = answer.choices[0]
    said = choice.message
    refusal = getattr(said, "refusal", None)
    calls = tuple(
        ToolCall(call.id or f"call_{place}", call.function.name, call.function.arguments or "{}")
        for place, call in enumerate(said.tool_calls or ())
    )
    return Reply(
        text=refusal or said.content or "",
        calls=calls,
        usage=_usage(answer.usage),
        model=str(answer.model or ""),
        finish="refused" if refusal else FINISHES.get(choice.finish_reason, "done"),
    )


def _gather(pieces: Iterable[Any], on_text: Callable[[str], None]) -> Reply:
    texts: list[str] = []
    calls: dict[int, dict[str, str]] = {}
    usage, model, reason = Usage(), "", None
    for piece in pieces:
        model = piece.model or model
        usage = _usage(piece.usage) if piece.usage else usage
        for choice in piece.choices or ():  # the last piece may have none, only the usage
            reason = choice.finish_reason or reason
            if choice.delta.content:
                texts.append(choice.delta.content)
                on_text(choice.delta.content)
            for part in choice.delta.tool_calls or ():
                _add(calls, part)
    if reason is None:
        raise AiError("bad_answer", "The answer ended before it was complete.")
    wanted = tuple(
        ToolCall(call["id"] or f"call_{place}", call["name"], call["arguments"] or "{}")
        for place, call in sorted(calls.items())
    )
    return Reply("".join(texts), wanted, usage, model, FINISHES.get(reason, "done"))


def _add(calls: dict[int, dict[str, str]], part: Any) -> None:
    place = len(calls) if part.index is None else part.index
    call = calls.setdefault(place, {"id": "", "name": "", "arguments": ""})
    call["id"] = call["id"] or part.id or ""
    call["name"] = call["name"] or part.function.name or ""
    call["arguments"] += part.function.arguments or ""


def _usage(given: Any) -> Usage:
    if given is None:
        return Usage()
    details = getattr(given, "prompt_tokens_details", None)
    return Usage(
        input_tokens=int(given.prompt_tokens or 0),
        cached_tokens=int(getattr(details, "cached_tokens", 0) or 0),
        output_tokens=int(given.completion_tokens or 0),
    )
