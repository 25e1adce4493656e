"""Refusals in the shapes that providers use."""

from dataclasses import dataclass, field
from typing import Any

from starlette.responses import JSONResponse, PlainTextResponse, Response

CODES = {  # status → (type, code, message) when a rule names only the status
    400: ("invalid_request_error", "invalid_value", "Invalid value."),
    401: ("invalid_request_error", "invalid_api_key", "Incorrect API key provided: {key}."),
    403: ("invalid_request_error", "unsupported_country_region_territory", "Country not supported"),
    404: (
        "invalid_request_error",
        "model_not_found",
        "The model `{model}` does not exist or you do not have access to it.",
    ),
    429: ("requests", "rate_limit_exceeded", "Rate limit reached. Please try again later."),
    500: ("server_error", "", "The server had an error while processing your request."),
    503: ("service_unavailable_error", "", "The engine is currently overloaded, please try again later."),
}


@dataclass
class Wrong(Exception):
    """Answer with this status; `param` names the field that was refused."""

    status: int
    code: str = ""
    message: str = ""
    param: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def answer(self, dialect: str, *, model: str = "", key: str = "") -> Response:
        kind, code, message = CODES.get(self.status, CODES[500])
        code = self.code or code
        if code == "insufficient_quota":
            kind, message = (
                code,
                "You exceeded your current quota, please check your plan and billing details.",
            )
        text = (self.message or message).replace("{model}", model).replace("{key}", key)
        error: dict[str, Any] = {"message": text, "type": kind, "param": self.param, "code": code or None}
        if dialect == "gemini":
            status = {400: "INVALID_ARGUMENT", 404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED"}
            said = {"code": self.status, "message": text, "status": status.get(self.status, "INTERNAL")}
            return JSONResponse([{"error": said}], self.status, headers=self.headers)
        return JSONResponse({"error": error}, self.status, headers=self.headers)


def no_such_address(dialect: str) -> Response:
    """What a server says that does not know Responses."""
    if dialect == "ollama":
        return PlainTextResponse("404 page not found", 404)
    if dialect == "gemini":
        return Response(status_code=404)
    return JSONResponse({"detail": "Not Found"}, 404)
