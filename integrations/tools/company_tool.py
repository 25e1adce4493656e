"""A tool that a company declared: one HTTP call with typed arguments, its answer treated as data.

It runs at once, outside of transactions, since the model needs the answer. What changes something elsewhere is not
called in rehearsals, and only while the conversation is still the assistant's.
"""

import json
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from helpdesk import http
from integrations.ai.port import Tool
from integrations.models import AssistantTool
from integrations.models.assistant_tool import Method
from integrations.tools import codes
from integrations.tools.port import Answer, Around, BuiltIn, ToolError, schema

LARGEST = 200_000  # bytes read of an answer
LONGEST = 6_000  # signs of it that the model is shown
WITH_BODY = {Method.POST, Method.PUT, Method.PATCH}


def built(row: AssistantTool) -> BuiltIn:
    """The row as a tool like any other."""
    return BuiltIn(row.name, lambda around: offer(row), lambda around, given: use(row, around, given))


def offer(row: AssistantTool) -> Tool:
    asked = {one["name"]: _rule(one) for one in row.arguments if one.get("source", "model") == "model"}
    return Tool(row.name, row.description, schema(**asked))


def use(row: AssistantTool, around: Around, given: dict[str, Any]) -> Answer:
    if row.needs_verification and not codes.is_proved(around):
        return Answer(
            "Refused: the customer has not proved who they are. Use verify_customer first if you have it, or hand"
            " over."
        )
    if around.is_rehearsal and not row.only_reads:
        return Answer("Rehearsal: nothing was called. Go on as if it had worked.")
    if not around.conversation.may_go_on():
        return Answer("Refused: a person has taken over.")
    _, text = call(row, values_of(row, around, given))
    return Answer(text, is_data=True)


def call(row: AssistantTool, values: dict[str, Any]) -> tuple[bool, str]:
    """Make the request; whether it worked, and what came back, in short. An error is an answer as well."""
    method, url, headers, content = prepared(row, values)
    try:
        answer = http.request(
            method,
            url,
            headers=headers,
            content=content,
            timeout=float(row.timeout_seconds),
            max_bytes=LARGEST,
        )
    except http.AddressRefused:
        return False, "The tool's address is not allowed."
    except http.HTTPError as error:
        return False, f"The tool could not be reached ({type(error).__name__})."
    text = _readable(answer)
    if answer.is_success:
        return True, text
    return False, f"The tool answered with status {answer.status_code}. {text}"


def prepared(row: AssistantTool, values: dict[str, Any]) -> tuple[str, str, dict[str, str], bytes | None]:
    """Each value where it was declared and nowhere else."""
    url = row.url
    query: dict[str, Any] = {}
    body: dict[str, Any] = {}
    for one in row.arguments:
        value = values.get(one["name"])
        if one["place"] == "url":
            if value in (None, ""):
                raise ToolError(f"{one['name']} must not be empty.")
            if str(value) in {".", ".."}:
                raise ToolError(f"{one['name']} has no such value.")
            url = url.replace(f"{{{one['name']}}}", quote(_text(value), safe=""))
        elif value is not None:
            (query if one["place"] == "query" else body)[one["name"]] = value
    if query:
        joint = "&" if urlsplit(url).query else "?"
        url += joint + urlencode({name: _text(value) for name, value in query.items()})
    headers = {"Accept": "application/json", **row.headers}
    if row.method not in WITH_BODY:
        return row.method, url, headers, None
    headers["Content-Type"] = "application/json"
    return row.method, url, headers, json.dumps(body, ensure_ascii=False).encode()


def values_of(row: AssistantTool, around: Around, given: dict[str, Any], code: str = "") -> dict[str, Any]:
    """What the model said, and what only we may say: it never chooses whose account is read."""
    contact, ticket = around.conversation.contact, around.conversation.ticket
    ours = {
        "contact.number": contact.number if contact else "",
        "contact.email": contact.email if contact else "",
        "contact.name": contact.name if contact else "",
        "ticket.number": ticket.number if ticket else "",
        "code": code,
    }
    found = {}
    for one in row.arguments:
        source = one.get("source", "model")
        found[one["name"]] = given.get(one["name"]) if source == "model" else ours[source]
    return found


def _rule(one: dict[str, Any]) -> dict[str, Any]:
    kind = "string" if one["type"] == "enum" else one["type"]
    rule: dict[str, Any] = {"type": kind if one.get("required", True) else [kind, "null"]}
    if one.get("description"):
        rule["description"] = one["description"]
    if one["type"] == "enum":
        rule["enum"] = [*one["choices"], *([] if one.get("required", True) else [None])]
    elif kind == "string":
        rule["maxLength"] = 500
    return rule


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _readable(answer: http.Response) -> str:
    """JSON without its blanks, other text as it is; nothing of what is neither."""
    kind = answer.headers.get("content-type", "").lower()
    if "json" in kind:
        try:
            return json.dumps(answer.json(), ensure_ascii=False, separators=(",", ":"))[:LONGEST]
        except ValueError:
            return "The tool's answer is not valid JSON."
    if kind.startswith("text/") or not kind:
        return answer.text[:LONGEST]
    return "The tool's answer is not text."
