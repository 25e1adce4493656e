"""Dialogflow: `detectIntent` of an ES agent (v2), or of a CX agent (v3)."""

import base64
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from integrations.bots import google, webhook, wire, words
from integrations.bots.port import MOST_BUBBLES, Act, Answer, BotError, Bubble, Choice, Place, Question

HOME = "https://dialogflow.googleapis.com"
LONGEST_TEXT = 256  # what ES reads; more is refused
END = "end_conversation"
SOUND = {"audioEncoding": "AUDIO_ENCODING_OGG_OPUS", "sampleRateHertz": 16_000}


def ask(place: Place, question: Question) -> Answer:
    """What the agent answers. A token that was refused is asked for once more. Raises BotError."""
    try:
        reply = _detect(place, question)
    except BotError as error:
        if error.code != "not_authenticated":
            raise
        google.forget(place)
        reply = _detect(place, question)
    result = reply.get("queryResult")
    if not isinstance(result, Mapping):
        raise BotError("bad_answer", "The answer has no queryResult.")
    return _read(result)


def _detect(place: Place, question: Question) -> dict[str, Any]:
    is_cx = place.options.get("edition") == "cx"
    address = f"{_root(place)}/{'v3' if is_cx else 'v2'}/{_session(place, question, is_cx)}:detectIntent"
    language = str(place.options.get("language") or "pt-BR")
    params = {"payload": _plain(question.about)}
    zone = (question.about.get("company") or {}).get("timezone")
    if zone:
        params["timeZone"] = zone
    said = _cx_said(question, language) if is_cx else _es_said(question, language)
    body = wire.encoded({**said, "queryParams": params})
    token = google.access_token(place)
    return wire.an_object(wire.post(address, body, headers={"Authorization": f"Bearer {token}"}))


def _es_said(question: Question, language: str) -> dict[str, Any]:
    if not question.text and question.sound:
        config = {**SOUND, "languageCode": language}
        return {"queryInput": {"audioConfig": config}, "inputAudio": _in_letters(question.sound)}
    text = _words(question)[:LONGEST_TEXT]
    return {"queryInput": {"text": {"text": text, "languageCode": language}}}


def _cx_said(question: Question, language: str) -> dict[str, Any]:
    if not question.text and question.sound:
        heard = {"audio": {"config": SOUND, "audio": _in_letters(question.sound)}}
        return {"queryInput": {**heard, "languageCode": language}}
    return {"queryInput": {"text": {"text": _words(question)}, "languageCode": language}}


def _words(question: Question) -> str:
    """An empty text is refused: what has no words is called by its kind, which an intent may know."""
    kind = (question.about.get("message") or {}).get("kind")
    return question.text or f"[{kind or 'file'}]"


def _in_letters(sound: bytes) -> str:
    return base64.b64encode(sound).decode()


def _root(place: Place) -> str:
    if place.url:
        return place.url.rstrip("/")
    location = str(place.options.get("location") or "")
    if location in {"", "global"}:
        return HOME
    return f"https://{quote(location, safe='-')}-dialogflow.googleapis.com"


def _session(place: Place, question: Question, is_cx: bool) -> str:
    """The name of the talk at Google."""
    project = google.project_of(place)
    if not project:
        raise BotError("misconfigured", "The project is missing.")
    location = str(place.options.get("location") or "")
    environment = str(place.options.get("environment") or "")
    parts = ["projects", project]
    if is_cx:
        agent = str(place.options.get("agent") or "")
        if not agent:
            raise BotError("misconfigured", "The agent's id is missing.")
        parts += ["locations", location or "global", "agents", agent]
        parts += ["environments", environment] if environment else []
    else:
        parts += ["locations", location] if location not in {"", "global"} else []
        parts += ["agent"]
        parts += ["environments", environment, "users", "-"] if environment else []
    parts += ["sessions", question.talk]
    return "/".join(quote(part, safe="-") for part in parts)


def _read(result: Mapping[str, Any]) -> Answer:
    told = result.get("responseMessages")  # CX; ES says fulfillmentMessages
    messages = _messages(told if isinstance(told, list) else result.get("fulfillmentMessages"))
    bubbles: list[Bubble] = []
    acts: list[Act] = []
    for message in messages:
        if isinstance(message.get("payload"), Mapping):
            asked = webhook.spoken(dict(message["payload"]))
            bubbles += asked.bubbles
            acts += asked.acts
        else:
            bubbles += _said(message)
    text = result.get("fulfillmentText")
    if not bubbles and isinstance(text, str) and text.strip():
        bubbles.append(Bubble(text.strip()[: words.LONGEST]))
    if not acts and _ends(result, messages):
        acts.append(Act("leave"))
    is_over = any(webhook.ends(act) for act in acts)
    return Answer(tuple(bubbles[:MOST_BUBBLES]), tuple(acts), is_over=is_over)


def _messages(given: Any) -> list[Mapping[str, Any]]:
    """An agent may answer each platform in its own words; those for none are for everybody else."""
    rows = [one for one in given if isinstance(one, Mapping)] if isinstance(given, list) else []
    ours = [one for one in rows if one.get("platform") in {None, "", "PLATFORM_UNSPECIFIED"}]
    return ours or rows


def _said(message: Mapping[str, Any]) -> Iterable[Bubble]:
    if isinstance(text := message.get("text"), Mapping):
        said = text.get("text")
        for one in said if isinstance(said, list) else ():
            if isinstance(one, str) and one.strip():
                yield Bubble(one.strip()[: words.LONGEST])
    if isinstance(quick := message.get("quickReplies"), Mapping):
        yield Bubble(str(quick.get("title") or ""), choices=words.choices_of(quick.get("quickReplies")))
    if isinstance(image := message.get("image"), Mapping) and image.get("imageUri"):
        yield Bubble("", "image", str(image["imageUri"]))
    if isinstance(card := message.get("card"), Mapping):
        yield from _card(card)


def _card(card: Mapping[str, Any]) -> Iterable[Bubble]:
    title, below = str(card.get("title") or ""), str(card.get("subtitle") or "")
    text = "\n".join(part for part in (f"*{title}*" if title else "", below) if part)
    buttons = [one for one in card.get("buttons") or () if isinstance(one, Mapping)]
    choices = tuple(
        Choice(str(one.get("postback") or one.get("text"))[:200], str(one["text"])[:200])
        for one in buttons
        if one.get("text")
    )
    if url := str(card.get("imageUri") or ""):
        yield Bubble("" if choices else text, "image", url)
        text = text if choices else ""
    if text or choices:
        yield Bubble(text, choices=choices)


def _ends(result: Mapping[str, Any], messages: list[Mapping[str, Any]]) -> bool:
    """By the agent's own mark, by its parameter, or because it calls for a person."""
    intent = result.get("intent")
    marks = intent if isinstance(intent, Mapping) else {}
    if marks.get("endInteraction") is True or marks.get("liveAgentHandoff") is True:
        return True
    for holder in (result.get("diagnosticInfo"), result.get("parameters")):
        if isinstance(holder, Mapping) and str(holder.get(END, "")).lower() in {"true", "1", "yes", "sim"}:
            return True
    return any("endInteraction" in one or "liveAgentHandoff" in one for one in messages)


def _plain(about: Mapping[str, Any]) -> dict[str, Any]:
    return {name: about[name] for name in ("contact", "ticket", "connection") if name in about}
