"""What the company's documents and validated answers say."""

from typing import Any

from integrations.actions.searching import search
from integrations.ai.port import Tool
from integrations.tools.port import TEXT, Answer, Around, BuiltIn, schema

NAME = "search_knowledge"
MOST = 5


def offer(around: Around) -> Tool | None:
    if not around.assistant.uses_knowledge:
        return None
    return Tool(
        NAME,
        "Search the company's knowledge. Answers numbered sources. Ask with the words a document would use, in"
        " the language of the company's documents if you know it.",
        schema(query={**TEXT, "maxLength": 400}),
    )


def use(around: Around, given: dict[str, Any]) -> Answer:
    query = given["query"].strip()
    found = search(query, limit=MOST, sectors=tuple(around.assistant.sectors)).passages if query else ()
    if not found:
        return Answer("Nothing was found.")
    listed = [f"[{around.sources.add(one)}] {one.title}: {one.text}" for one in found]
    return Answer(around.frame.around("Sources:", "\n\n".join(listed)))


TOOL = BuiltIn(NAME, offer, use)
