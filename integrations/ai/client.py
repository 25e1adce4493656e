"""The client of everything that speaks OpenAI's API: OpenAI itself, Gemini, Ollama, vLLM and the rest.

What goes over the wire is translated in `responses.py` and `chat.py`; what goes wrong in `failures.py`.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from helpdesk import http
from integrations.ai import chat, responses, speech
from integrations.ai.failures import error_of, refused_parameter, told
from integrations.ai.port import AiError, Heard, Reply, Request, Usage, Vectors

if TYPE_CHECKING:
    import openai

OPENAI_ITSELF = "https://api.openai.com/v1"
NO_SUCH_ADDRESS = {404, 405, 501}
OnText = Callable[[str], None]

# What was learned of a server while this process runs. Losing it costs one request more.
_without_responses: set[str] = set()  # base URLs that answer /chat/completions only
_without_temperature: set[tuple[str, str]] = set()  # (base URL, model) that refuse a temperature
_plain_transcripts: set[tuple[str, str]] = set()  # (base URL, model) that give the text and no times


class OpenAI:
    """One account. Every failure is an AiError; nothing is tried twice here but what the server cannot do."""

    def __init__(self, base_url: str = "", api_key: str = "", timeout: float = 60.0) -> None:
        self.base_url = (base_url or OPENAI_ITSELF).rstrip("/")
        self.api_key = api_key
        self.timeout = timeout

    def respond(self, request: Request, on_text: OnText | None = None) -> Reply:
        """Ask a model. With `on_text` the answer is streamed, and each piece is handed over as it comes."""
        with told(self.api_key):
            if self.base_url in _without_responses:
                return self._chat(request, on_text)
            try:
                return self._ask(responses.ask, request, on_text)
            except self._library.APIStatusError as failure:
                if failure.status_code not in NO_SUCH_ADDRESS or _names_the_model(failure):
                    raise
            reply = self._chat(request, on_text)
            _without_responses.add(self.base_url)
            return reply

    def embed(self, model: str, texts: Sequence[str], dimensions: int | None = None) -> Vectors:
        """One vector per text."""
        with told(self.api_key):
            more: dict[str, Any] = {} if dimensions is None else {"dimensions": dimensions}
            answer = self._client().embeddings.create(
                model=model, input=list(texts), encoding_format="float", **more
            )
            rows = sorted(answer.data, key=lambda row: row.index)
            vectors = tuple(tuple(map(float, row.embedding)) for row in rows)
            if len(vectors) != len(texts) or len({len(vector) for vector in vectors}) > 1:
                raise AiError(
                    "bad_answer", f"{len(texts)} texts were sent, {len(vectors)} vectors came back."
                )
            tokens = getattr(answer.usage, "prompt_tokens", 0) or 0
            return Vectors(vectors, Usage(input_tokens=tokens), answer.model or model)

    def transcribe(self, model: str, name: str, mime: str, data: bytes, language: str = "") -> Heard:
        """What is said in a recording; with times where the model gives them."""
        with told(self.api_key):
            key = (self.base_url, model)
            if key not in _plain_transcripts:
                try:
                    return speech.hear(self._client(), model, (name, data, mime), language, "verbose_json")
                except self._library.BadRequestError as failure:
                    if refused_parameter(failure) != "response_format":
                        raise
                _plain_transcripts.add(key)
            return speech.hear(self._client(), model, (name, data, mime), language, "json")

    def speak(self, model: str, voice: str, text: str, format: str = "opus") -> bytes:
        """The text as sound: a file of that format."""
        with told(self.api_key):
            return speech.say(self._client(), model, voice, text, format)

    def models(self) -> list[dict[str, Any]]:
        """What the server offers now: id, owned_by, created, shutdown_date where it tells one."""
        with told(self.api_key):
            rows = [row.model_dump(mode="json") for row in self._client().models.list()]
            return sorted((row for row in rows if row.get("id")), key=lambda row: str(row["id"]))

    def _chat(self, request: Request, on_text: OnText | None) -> Reply:
        try:
            return self._ask(chat.ask, request, on_text)
        except self._library.NotFoundError as failure:
            if _names_the_model(failure):
                raise
            raise AiError("bad_request", "The server knows no such address; is the base URL right?") from None

    def _ask(self, how: Callable[..., Reply], request: Request, on_text: OnText | None) -> Reply:
        """Some models refuse a temperature; they are asked again without, and remembered."""
        key = (self.base_url, request.model)
        with_temperature = request.temperature is not None and key not in _without_temperature
        try:
            return how(self._client(), request, on_text, with_temperature)
        except self._library.BadRequestError as failure:
            if not with_temperature or refused_parameter(failure) != "temperature":
                raise
        _without_temperature.add(key)
        return how(self._client(), request, on_text, False)

    @property
    def _library(self) -> Any:
        """Loaded when it is needed: it takes 35 MB, which processes that ask nothing do not spend."""
        import openai

        return openai

    def _client(self) -> "openai.OpenAI":
        client = self._library.OpenAI(
            api_key=self.api_key or "none",  # servers at home want none; the library insists on one
            base_url=self.base_url,
            timeout=http.seconds(self.timeout),
            max_retries=0,
            http_client=http.library_client(),
        )
        client.organization = client.project = (
            None  # never those of the environment: this is a company's account
        )
        made: openai.OpenAI = client
        return made


def _names_the_model(failure: Any) -> bool:
    """A 404 that is about the model, not about the address."""
    message = str(error_of(failure.body).get("message", ""))
    return failure.code == "model_not_found" or "model" in message.lower()
