"""A client that speaks to the API as a person does: signed in, and with the jobs that follow a commit run."""

from typing import Any

from django.test.signals import setting_changed
from django.test.testcases import TestCase
from rest_framework.test import APIClient, ForceAuthClientHandler

PASSWORD = "correct-horse-battery"

_middleware: dict[str, Any] = {}
setting_changed.connect(lambda **_: _middleware.clear(), weak=False)


class Handler(ForceAuthClientHandler):
    """Loads the middleware once for all clients, as a server does for all requests: it looks up each file of
    the console. After a setting was changed it is loaded again."""

    def load_middleware(self, is_async: bool = False) -> None:
        if not _middleware:
            before = set(vars(self))
            super().load_middleware(is_async)
            _middleware.update((name, part) for name, part in vars(self).items() if name not in before)
        vars(self).update(_middleware)


class ApiClient(APIClient):
    """After each answer the jobs it started run, with no company's scope open, as a worker would run them."""

    def __init__(self, **defaults: Any) -> None:
        super().__init__(**defaults)
        self.handler = Handler(enforce_csrf_checks=False)

    def request(self, **kwargs: Any) -> Any:
        if _commits_for_real():
            return super().request(**kwargs)
        with TestCase.captureOnCommitCallbacks(execute=True):
            return super().request(**kwargs)

    def sign_in(self, user: Any, company: Any = None) -> "ApiClient":
        """With a session like those that the login's door opens, which each test need not walk through."""
        from tenants.actions.sessions import Device, log_in
        from tenants.tokens import Access, Refresh

        session, _ = log_in(user, Device("127.0.0.1"), company_id=company and company.pk)
        self.signed_in = {"access": str(Access.of(session)), "refresh": str(Refresh.of(session))}
        self.credentials(HTTP_AUTHORIZATION=f"Bearer {self.signed_in['access']}")
        return self

    def log_in(self, user: Any, company: Any = None) -> Any:
        """Through the login page's own door; its answer."""
        body = {"email": user.email, "password": PASSWORD, "refresh_in": "body"}
        if company is not None:
            body["company"] = company.pk
        answer = self.post("/api/auth/login/", body, format="json")
        assert answer.status_code == 200, answer.content
        return answer.json()


def _commits_for_real() -> bool:
    from django.db import connection

    return not connection.in_atomic_block
