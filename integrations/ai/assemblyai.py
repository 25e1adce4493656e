"""AssemblyAI: speech to text that tells speakers apart. A file is sent, a transcript is ordered, and looked at
until it is there; hours of sound take minutes.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from helpdesk import http
from integrations.ai.port import AiError, Heard, Usage, Utterance, Why

ROOT = "https://api.assemblyai.com"  # of the EU: https://api.eu.assemblyai.com
PIECE = 1024 * 1024
ANSWER_MAX = 64 * 1024 * 1024  # every word of ten hours, each with its times
LOOK_SECONDS = 30.0
UPLOAD_SECONDS = 120.0  # without a byte taken
PAUSE = 1.5
MOST_SPEAKERS = 10
MODELS = ("universal-3-pro", "universal-2")

_BY_STATUS: dict[int, Why] = {401: "not_authenticated", 402: "quota", 408: "timeout", 429: "rate_limited"}


@dataclass(frozen=True, slots=True)
class Look:
    """How far a transcript is: `heard` is None until it is finished. `is_begun`: it no longer waits."""

    is_begun: bool
    heard: Heard | None = None


class AssemblyAI:
    """One account. Every failure is an AiError."""

    def __init__(self, base_url: str = "", api_key: str = "", timeout: float = 60.0) -> None:
        self.root = (base_url or ROOT).rstrip("/")
        self.api_key = api_key
        self.timeout = timeout

    def upload(self, pieces: Iterable[bytes]) -> str:
        """Sends a file piece by piece; the address that only this account can read."""
        headers = {"content-type": "application/octet-stream"}
        answer = self._call("POST", "/v2/upload", headers=headers, content=pieces, timeout=UPLOAD_SECONDS)
        return _text(answer, "upload_url")

    def order(self, url: str, *, model: str, language: str = "", speakers: int | None = None) -> str:
        """Orders the transcript of an uploaded file and answers its id. `speakers`: how many are expected, 0 when
        that is unknown; None tells nobody apart. `model` names one or several, the better first."""
        wanted: dict[str, Any] = {"audio_url": url, "punctuate": True, "format_text": True}
        if models := [name.strip() for name in model.split(",") if name.strip()]:
            wanted["speech_models"] = models
        wanted |= {"language_code": language} if language else {"language_detection": True}
        if speakers is not None:
            wanted["speaker_labels"] = True
            if speakers:
                wanted["speakers_expected"] = min(speakers, MOST_SPEAKERS)
        headers = {"content-type": "application/json"}
        answer = self._call("POST", "/v2/transcript", headers=headers, content=orjson.dumps(wanted))
        return _text(answer, "id")

    def look(self, order: str) -> Look:
        """Raises AiError when it can never be finished."""
        answer = self._call("GET", f"/v2/transcript/{order}")
        status = answer.get("status")
        if status == "completed":
            return Look(True, _heard(answer))
        if status == "error":
            raise AiError(
                _why(str(answer.get("error", "")), "bad_request"), str(answer.get("error", ""))[:300]
            )
        if status not in {"queued", "processing"}:
            raise AiError("bad_answer", "AssemblyAI answered an unknown status.")
        return Look(status == "processing")

    def forget(self, order: str) -> None:
        """Deletes the transcript, and the file that was uploaded for it, at the provider."""
        self._call("DELETE", f"/v2/transcript/{order}")

    def transcribe(
        self,
        model: str,
        name: str,
        mime: str,
        data: bytes,
        language: str = "",
        speakers: int | None = None,
    ) -> Heard:
        """The whole of it for something short, such as a voice note: waits for the end."""
        until = time.monotonic() + self.timeout
        order = self.order(self.upload(cut(data)), model=model, language=language, speakers=speakers)
        while True:
            if (found := self.look(order)).heard is not None:
                return found.heard
            if time.monotonic() > until:
                raise AiError("timeout", f"The transcript was not there after {self.timeout:.0f} seconds.")
            time.sleep(PAUSE)

    def models(self) -> list[dict[str, Any]]:
        """Its speech models, which it has no list of; asking for one transcript shows whether the key is right."""
        self._call("GET", "/v2/transcript?limit=1")
        return [{"id": name} for name in MODELS]

    def _call(self, method: str, path: str, *, headers: Any = None, **given: Any) -> dict[str, Any]:
        given.setdefault("timeout", LOOK_SECONDS)
        headers = {"authorization": self.api_key, **(headers or {})}
        try:
            reply = http.request(method, self.root + path, headers=headers, max_bytes=ANSWER_MAX, **given)
        except http.AddressRefused as error:
            raise AiError("unreachable", str(error)) from error
        except http.TimedOut as error:
            raise AiError("timeout", "AssemblyAI did not answer in time.") from error
        except (http.HTTPError, http.InvalidURL) as error:
            raise AiError("unreachable", "AssemblyAI cannot be reached.") from error
        return _read(reply)


def cut(data: bytes) -> Iterable[bytes]:
    return (data[start : start + PIECE] for start in range(0, len(data), PIECE))


def _read(reply: http.Response) -> dict[str, Any]:
    try:
        answer = orjson.loads(reply.content)
    except orjson.JSONDecodeError as error:
        code: Why = "bad_answer" if reply.is_success else _BY_STATUS.get(reply.status_code, "failed")
        raise AiError(code, f"AssemblyAI answered {reply.status_code} without JSON.") from error
    if not isinstance(answer, dict):
        raise AiError("bad_answer", "AssemblyAI answered something unexpected.")
    if reply.is_success:
        return answer
    detail = str(answer.get("error", ""))[:300]
    known = _BY_STATUS.get(reply.status_code)
    code = known or ("failed" if reply.status_code >= 500 else _why(detail, "bad_request"))
    raise AiError(code, detail, retry_after=_seconds(reply.headers.get("retry-after", "")))


def _why(detail: str, otherwise: Why) -> Why:
    """Some reasons have no status of their own."""
    said = detail.lower()
    if "balance" in said or "top up" in said:
        return "quota"
    if "speech_model" in said:
        return "no_model"
    return "failed" if "server error" in said or "internal" in said else otherwise


def _heard(answer: dict[str, Any]) -> Heard:
    try:
        lines = tuple(
            Utterance(
                text=str(one["text"]).strip(),
                start=one["start"] / 1000,
                end=one["end"] / 1000,
                speaker=str(one.get("speaker") or ""),
            )
            for one in answer.get("utterances") or ()
        )
        return Heard(
            text=str(answer.get("text") or "").strip(),
            language=str(answer.get("language_code") or "").split("_")[0],
            utterances=lines,
            usage=Usage(seconds=float(answer.get("audio_duration") or 0)),
            model=str(answer.get("speech_model_used") or ""),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise AiError("bad_answer", "AssemblyAI's transcript cannot be read.") from error


def _text(answer: dict[str, Any], name: str) -> str:
    if not isinstance(answer.get(name), str) or not answer[name]:
        raise AiError("bad_answer", f"AssemblyAI's answer has no {name}.")
    return str(answer[name])


def _seconds(text: str) -> float:
    return float(text) if text.replace(".", "", 1).isdigit() else 0.0
