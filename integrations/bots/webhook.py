"""A workflow behind an address of the company: n8n, or any program that takes JSON and answers JSON."""

import hashlib
import hmac
from typing import Any

from integrations.bots import shapes, wire, words
from integrations.bots.port import Act, Answer, BotError, Bubble, Place, Question

SIGNATURE = "X-Helpdesk-Signature"
LATER = 202  # accepted: it answers by our API
NOTHING = 204


def ask(place: Place, question: Question) -> Answer:
    """One POST of the documented payload. Raises BotError."""
    if not place.url:
        raise BotError("misconfigured", "The address is missing.")
    return _understood(_sent(place, question, None))


def one_string(place: Place, question: Question, *, seconds: float) -> str:
    """What a gateway answers in a talk, as one string. Raises BotError."""
    if not place.url:
        raise BotError("misconfigured", "The address is missing.")
    text = shapes.text_of(_body(_sent(place, question, seconds)))
    if not text:
        raise BotError("bad_answer", "No text was found in the answer.")
    return text


def payload(question: Question) -> dict[str, Any]:
    """`chatInput` and `sessionId` are what chat triggers of n8n read."""
    return {
        "event": "message.received",
        "id": question.id,
        **question.about,
        "chatInput": question.text,
        "sessionId": question.talk,
    }


def signature(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _sent(place: Place, question: Question, seconds: float | None) -> Any:
    body = wire.encoded(payload(question))
    headers = {"Idempotency-Key": question.id, "User-Agent": "Helpdesk-Bot/1"}
    if secret := str(place.secrets.get("secret") or ""):
        headers[SIGNATURE] = signature(secret, body)
    if token := str(place.secrets.get("token") or ""):
        headers["Authorization"] = f"Bearer {token}"
    return wire.post(place.url, body, headers=headers, seconds=seconds)


def _understood(reply: Any) -> Answer:
    if reply.status_code == LATER:
        return Answer(is_pending=True)
    answer = _body(reply)
    if isinstance(answer, list) and len(answer) == 1:
        answer = answer[0]  # the last step of a workflow answers its items
    if isinstance(answer, dict) and answer.get("async") is True:
        return Answer(is_pending=True)
    if words.is_spoken(answer):
        return spoken(answer)
    if text := shapes.text_of(answer):
        return Answer((Bubble(text[: words.LONGEST]),))
    return Answer()


def spoken(answer: dict[str, Any]) -> Answer:
    """An answer in our vocabulary, wherever it came from."""
    acts = words.acts_of(answer)
    return Answer(words.bubbles_of(answer), acts, is_over=any(ends(act) for act in acts))


def ends(act: Act) -> bool:
    return act.what != "tag"


def _body(reply: Any) -> Any:
    """JSON, or the plain text that simple programs answer."""
    if reply.status_code == NOTHING or not reply.content.strip():
        return None
    sort = reply.headers.get("content-type", "")
    if "json" not in sort and sort.startswith("text/plain"):
        return wire.storable(str(reply.text))
    return wire.decoded(reply)
