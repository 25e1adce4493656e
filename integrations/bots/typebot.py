"""Typebot: a session is begun with `startChat` and goes on with `continueChat`, one answer per block that waits."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from integrations.bots import typebot_inputs, typebot_words, wire, words
from integrations.bots.port import MOST_BUBBLES, Act, Answer, BotError, Bubble, Place, Question

HOME = "https://typebot.io"
MOST_FOLLOW_UPS = 5  # pauses of a flow that ask to be continued without an answer


def ask(place: Place, question: Question) -> Answer:
    """What the flow says next. A session that the other side has forgotten begins again. Raises BotError."""
    slug = str(place.options.get("slug") or "")
    if not slug:
        raise BotError("misconfigured", "The public id of the Typebot is missing.")
    if question.session:
        try:
            return _go_on(place, question, question.session)
        except BotError as error:
            if error.code != "not_found":
                raise
    return _begin(place, question, slug)


def _begin(place: Place, question: Question, slug: str) -> Answer:
    body = {
        "isStreamEnabled": False,
        "textBubbleContentFormat": "richText",
        "prefilledVariables": variables(question),
    }
    reply = _post(place, f"typebots/{quote(slug, safe='')}/startChat", body)
    session = reply.get("sessionId")
    if not isinstance(session, str) or not session:
        raise BotError("bad_answer", "The answer has no sessionId.")
    return _whole(place, session, reply)


def _go_on(place: Place, question: Question, session: str) -> Answer:
    message = typebot_inputs.answer(question)
    reply = _post(place, f"sessions/{quote(session, safe='')}/continueChat", {"message": message})
    return _whole(place, session, reply)


def variables(question: Question) -> dict[str, Any]:
    """What a flow may use by these names; the first three are what flows made for other gateways expect."""
    contact = question.about.get("contact") or {}
    ticket = question.about.get("ticket") or {}
    company = question.about.get("company") or {}
    connection = question.about.get("connection") or {}
    number = str(contact.get("number") or "")
    return {
        "number": number,
        "pushName": str(contact.get("name") or ""),
        "remoteJid": f"{number}@s.whatsapp.net" if number else "",
        "name": str(contact.get("name") or ""),
        "email": str(contact.get("email") or ""),
        "company": str(company.get("name") or ""),
        "connection": str(connection.get("name") or ""),
        "ticket": str(ticket.get("number") or ""),
        "message": question.text,
    }


def _whole(place: Place, session: str, reply: Mapping[str, Any]) -> Answer:
    """One answer, with what follows pauses that the flow asks us to end."""
    answer, goes_on = _read(reply)
    for _ in range(MOST_FOLLOW_UPS):
        if not goes_on or len(answer.bubbles) >= MOST_BUBBLES:
            break
        more, goes_on = _read(_post(place, f"sessions/{quote(session, safe='')}/continueChat", {}))
        answer = replace(
            more, bubbles=(*answer.bubbles, *more.bubbles)[:MOST_BUBBLES], acts=(*answer.acts, *more.acts)
        )
    return replace(answer, session=session)


def _read(reply: Mapping[str, Any]) -> tuple[Answer, bool]:
    """And whether the flow only pauses, and goes on when it is told to."""
    actions = [one for one in reply.get("clientSideActions") or () if isinstance(one, Mapping)]
    messages = [one for one in reply.get("messages") or () if isinstance(one, Mapping)]
    said, acts = typebot_words.said(messages, actions)
    asked = reply.get("input")
    if isinstance(asked, Mapping) and asked.get("type") == typebot_inputs.PAYMENT:
        # Nobody can pay here, and Typebot takes whatever is written for a payment.
        asked, acts = None, (*acts, Act("leave"))
    offered = typebot_inputs.offered(asked) if isinstance(asked, Mapping) else typebot_inputs.Offered()
    bubbles = _with_choices(said, offered)
    stops = any(act.what != "tag" for act in acts)
    pauses = any(_expects_us(one) for one in actions) and not isinstance(asked, Mapping) and not stops
    is_over = stops or not (isinstance(asked, Mapping) or pauses)
    answer = Answer(tuple(bubbles)[:MOST_BUBBLES], acts, state=offered.state, is_over=is_over)
    return answer, pauses


def _with_choices(said: list[Bubble], offered: typebot_inputs.Offered) -> list[Bubble]:
    """Choices stand below the question, which is the last text when nothing comes between."""
    bubbles = [*said, *offered.shown]
    if not offered.choices:
        return bubbles
    last = bubbles[-1] if bubbles else Bubble()
    if bubbles and last.text and not last.url and len(last.text) < words.LONGEST // 2:
        return [*bubbles[:-1], replace(last, choices=offered.choices)]
    return [*bubbles, Bubble(choices=offered.choices)]


def _expects_us(action: Mapping[str, Any]) -> bool:
    return action.get("type") == "wait" and action.get("expectsDedicatedReply") is True


def _post(place: Place, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
    root = (place.url or HOME).rstrip("/")
    root = root.removesuffix("/api/v1")
    headers = {}
    if token := str(place.secrets.get("token") or ""):
        headers["Authorization"] = f"Bearer {token}"
    return wire.an_object(wire.post(f"{root}/api/v1/{path}", wire.encoded(body), headers=headers))
