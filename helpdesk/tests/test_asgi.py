"""The `sockets` process answers probes, and nothing else over HTTP."""

import subprocess
import sys

import pytest
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator

pytestmark = pytest.mark.django_db


@async_to_sync
async def ask(path, *, method="GET", headers=()):
    from helpdesk.asgi import application

    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
        "headers": [(b"host", b"localhost"), *headers], "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 9),
        "scheme": "http", "http_version": "1.1",
    }  # fmt: skip
    talk = ApplicationCommunicator(application, scope)
    await talk.send_input({"type": "http.request", "body": b""})
    start = await talk.receive_output(10)
    body = await talk.receive_output(10)
    return start["status"], dict(start["headers"]), body["body"]


@pytest.mark.parametrize(
    ("path", "words"),
    [("/health/live", b'"ok"'), ("/health/ready", b'"database"'), ("/metrics", b"helpdesk_sockets_open")],
)
def test_probes_are_answered(path, words):
    _, headers, body = ask(path)
    assert words in body
    assert headers[b"content-length"] == str(len(body)).encode()


def test_metrics_are_not_for_who_comes_through_the_proxy():
    assert ask("/metrics", headers=[(b"x-forwarded-for", b"1.2.3.4")])[0] == 404


@pytest.mark.parametrize("path", ["/api/tickets/", "/", "/health/"])
def test_there_is_nothing_else(path):
    assert ask(path)[0] == 404
    assert ask("/health/live", method="POST")[0] == 404


def test_a_probe_loads_no_view_of_the_api():
    """Each process that holds consoles would keep all of it in memory."""
    asked = (
        "import helpdesk.asgi as it; it._answer({'type': 'http', 'method': 'GET', 'path': '/health/live', "
    )
    asked += "'headers': [], 'query_string': b''}); import sys; print('helpdesk.urls' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
