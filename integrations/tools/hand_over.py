"""The assistant gives the word to a person. Always on offer: no assistant may be without a way out."""

from typing import Any

from integrations.actions.conversation import Handover
from integrations.ai.port import Tool
from integrations.tools.port import TEXT, Answer, Around, BuiltIn, schema

NAME = "hand_over"
REASONS = ["asked", "no_source", "out_of_reach", "upset"]


def offer(around: Around) -> Tool:
    return Tool(
        NAME,
        "Give the conversation to a person. Reasons: asked (the customer wants a person), no_source (no source"
        " answers the question), out_of_reach (needs what you cannot do), upset. The summary is for the"
        " colleague: what the customer wants, what was tried, what is still open.",
        schema(reason={"type": "string", "enum": REASONS}, summary={**TEXT, "maxLength": 2_000}),
    )


def use(around: Around, given: dict[str, Any]) -> Answer:
    return Answer("Handed over.", handover=Handover(given["reason"], given["summary"].strip()))


TOOL = BuiltIn(NAME, offer, use)
