"""What can go wrong on purpose: each error has a stable code that the console turns into words."""

import re
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response

# REST framework tells a limit in its English sentence only.
LIMITED = {"max_length", "min_length", "max_value", "min_value"}
LIMIT = re.compile(r"-?\d+(\.\d+)?")


class Refused(Exception):
    """A business rule says no. Answered as 409 unless a subclass says otherwise."""

    status: int = 409

    def __init__(self, code: str, detail: str, **fields: Any) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.fields = fields


class Invalid(Refused):
    """The request cannot be understood or has a value that can never work."""

    status = 400


class TooLarge(Refused):
    status = 413


class LimitReached(Refused):
    """The company's plan does not allow more."""

    status = 402


class NotAllowed(Refused):
    status = 403


class NotAuthenticated(Refused):
    status = 401


class TooMany(Refused):
    """Rate limit: `retry_after` seconds until it is worth trying again."""

    status = 429

    def __init__(self, code: str, detail: str, *, retry_after: int) -> None:
        super().__init__(code, detail)
        self.retry_after = retry_after


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every API error in one shape: {"code", "detail", "fields"}; `problems` where fields have a wrong shape."""
    if isinstance(error, Refused):
        return _from_refused(error)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if not isinstance(error, exceptions.APIException):
        return None
    _roll_back()
    headers = {}
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(max(1, int(wait)))
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    return Response(_body(error), status=error.status_code, headers=headers)


def no_such_address(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """An address that no route knows, in the API's shape."""
    body = {"code": "not_found", "detail": "There is nothing at this address.", "fields": {}}
    return JsonResponse(body, status=404)


def our_fault(request: HttpRequest) -> HttpResponseBase:
    """Something that we did not foresee; the request's id finds it in the logs."""
    body = {"code": "server_error", "detail": "Something went wrong on our side.", "fields": {}}
    return JsonResponse(body, status=500)


def _from_refused(error: Refused) -> Response:
    _roll_back()
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooMany) else {}
    if isinstance(error, NotAuthenticated):
        headers["WWW-Authenticate"] = 'Bearer realm="api"'
    body = {"code": error.code, "detail": error.detail, "fields": error.fields}
    return Response(body, status=error.status, headers=headers)


def _body(error: exceptions.APIException) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        fields = error.detail if isinstance(error.detail, dict) else {"non_field_errors": error.detail}
        detail = "Some fields need another value."
        return {"code": "invalid", "detail": detail, "fields": fields, "problems": dict(_problems(fields))}
    code = error.get_codes()
    return {
        "code": code if isinstance(code, str) else error.default_code,
        "detail": str(error.detail),
        "fields": {},
    }


def _problems(found: Any, path: str = "") -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """What is wrong as codes, by path: `("steps.0.name", [{"code": "max_length", "limit": 80}])`."""
    if isinstance(found, exceptions.ErrorDetail):
        yield path, [_problem(found)]
    elif isinstance(found, dict):
        for name, one in found.items():
            yield from _problems(one, f"{path}.{name}" if path else str(name))
    elif found and all(isinstance(one, exceptions.ErrorDetail) for one in found):
        yield path, [_problem(one) for one in found]
    else:
        for place, one in enumerate(found):
            yield from _problems(one, f"{path}.{place}")


def _problem(sentence: exceptions.ErrorDetail) -> dict[str, Any]:
    limit = LIMIT.search(sentence) if sentence.code in LIMITED else None
    if limit is None:
        return {"code": sentence.code}
    return {"code": sentence.code, "limit": float(limit[0]) if "." in limit[0] else int(limit[0])}


def _roll_back() -> None:
    # Imported late: the views load the authentication, which raises these errors.
    from rest_framework.views import set_rollback

    set_rollback()
