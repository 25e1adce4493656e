"""How much a call takes that its provider says nothing about: a guess, rather a little high than nothing."""

import json
from collections.abc import Iterable

from integrations.ai.port import Item, Reply, Request, Said, ToolCall, ToolResult, Usage

BYTES_PER_TOKEN = 4
PICTURE = 800  # tokens of one
SOUND = {
    "audio/wav": 32_000,
    "audio/x-wav": 32_000,
    "audio/ogg": 3_000,
    "audio/webm": 3_000,
}  # bytes per second
OTHER_SOUND = 8_000


def tokens(size: int) -> int:
    """Of a text of so many bytes."""
    return -(-size // BYTES_PER_TOKEN)


def of_texts(texts: Iterable[str]) -> Usage:
    return Usage(input_tokens=tokens(sum(len(text.encode()) for text in texts)))


def of_request(request: Request) -> Usage:
    """What is sent. What comes back is not known before it comes."""
    tools = (tool.name + tool.description + json.dumps(dict(tool.parameters)) for tool in request.tools)
    pictures = sum(len(item.images) for item in request.items if isinstance(item, Said))
    words = of_texts((request.instructions, *map(_words, request.items), *tools))
    return Usage(input_tokens=words.input_tokens + pictures * PICTURE)


def size_of(reply: Reply) -> int:
    """Bytes of all that a model said."""
    said = (reply.text, *(call.name + call.arguments for call in reply.calls))
    return sum(len(text.encode()) for text in said)


def of_sound(mime: str, size: int) -> Usage:
    return Usage(seconds=round(size / SOUND.get(mime, OTHER_SOUND), 1))


def _words(item: Item) -> str:
    match item:
        case Said():
            return item.text
        case ToolCall():
            return item.name + item.arguments
        case ToolResult():
            return item.output
