"""Our words in those of OpenAI's Responses API, and back."""

import base64
from collections.abc import Callable
from typing import Any

from integrations.ai.port import AiError, Image, Item, Reply, Request, Said, Tool, ToolCall, ToolResult, Usage


def ask(
    client: Any, request: Request, on_text: Callable[[str], None] | None, with_temperature: bool
) -> Reply:
    """One call; streamed when somebody listens to the pieces."""
    asked = body(request, with_temperature)
    if on_text is None:
        return read(client.responses.create(**asked))
    with client.responses.create(**asked, stream=True) as events:
        for event in events:
            if event.type == "response.output_text.delta":
                on_text(event.delta)
            elif event.type in {"response.completed", "response.incomplete", "response.failed"}:
                return read(event.response)
            elif event.type == "error":
                raise _failure(event.code, event.message)
    raise AiError("bad_answer", "The answer ended before it was complete.")


def body(request: Request, with_temperature: bool) -> dict[str, Any]:
    """Nothing is kept at the provider (`store`): the conversation is ours."""
    asked: dict[str, Any] = {
        "model": request.model,
        "instructions": request.instructions,
        "input": [_item(item) for item in request.items],
        "store": False,
    }
    if request.tools or request.hosted:
        hosted = [{"type": name, "container": {"type": "auto"}} for name in request.hosted]
        asked["tools"] = [*map(_tool, request.tools), *hosted]
    if with_temperature:
        asked["temperature"] = request.temperature
    if request.max_output_tokens is not None:
        asked["max_output_tokens"] = request.max_output_tokens
    if request.answer_schema is not None:
        schema = dict(request.answer_schema)
        asked["text"] = {
            "format": {"type": "json_schema", "name": "answer", "schema": schema, "strict": True}
        }
    return asked


def _item(item: Item) -> dict[str, Any]:
    match item:
        case Said(role="user", images=images) if images:
            pictures = [_picture(image) for image in images]
            return {"role": "user", "content": [{"type": "input_text", "text": item.text}, *pictures]}
        case Said():
            return {"role": item.role, "content": item.text}
        case ToolCall():
            return {
                "type": "function_call", "call_id": item.id, "name": item.name, "arguments": item.arguments,
            }  # fmt: skip
        case ToolResult():
            return {"type": "function_call_output", "call_id": item.call_id, "output": item.output}


def _picture(image: Image) -> dict[str, Any]:
    return {"type": "input_image", "detail": "auto", "image_url": data_url(image)}


def data_url(image: Image) -> str:
    return f"data:{image.mime};base64,{base64.b64encode(image.data).decode()}"


def _tool(tool: Tool) -> dict[str, Any]:
    return {
        "type": "function", "name": tool.name, "description": tool.description,
        "parameters": strict(tool), "strict": True,
    }  # fmt: skip


def strict(tool: Tool) -> dict[str, Any]:
    """Strict mode wants it said that nothing else may come."""
    return {"additionalProperties": False, **tool.parameters}


def read(answer: Any) -> Reply:
    """The provider's answer in our words. Raises AiError when it says that it failed."""
    if getattr(answer, "status", None) == "failed":
        error = answer.error
        failure = _failure(getattr(error, "code", ""), getattr(error, "message", ""))
        failure.usage = _usage(answer.usage)
        raise failure
    texts: list[str] = []
    calls: list[ToolCall] = []
    refused = False
    for item in answer.output:
        if item.type == "function_call":
            calls.append(ToolCall(item.call_id, item.name, item.arguments))
        elif item.type == "message":
            for part in item.content:
                refused = refused or part.type == "refusal"
                texts.append(part.refusal if part.type == "refusal" else part.text)
    why = getattr(answer.incomplete_details, "reason", None) if answer.status == "incomplete" else None
    return Reply(
        text="".join(texts),
        calls=tuple(calls),
        usage=_usage(answer.usage),
        model=str(answer.model or ""),
        finish="refused" if refused or why == "content_filter" else "length" if why else "done",
    )


def _usage(given: Any) -> Usage:
    if given is None:
        return Usage()
    details = getattr(given, "input_tokens_details", None)
    return Usage(
        input_tokens=int(given.input_tokens or 0),
        cached_tokens=int(getattr(details, "cached_tokens", 0) or 0),
        output_tokens=int(given.output_tokens or 0),
    )


def _failure(code: str | None, message: str | None) -> AiError:
    """A failure that comes inside of an answer of status 200."""
    match code:
        case "rate_limit_exceeded":
            return AiError("rate_limited", "rate_limit_exceeded")
        case "insufficient_quota":
            return AiError("quota", "insufficient_quota")
        case "server_error" | "" | None:
            return AiError("failed", "server_error")
    return AiError("bad_request", str(code))
