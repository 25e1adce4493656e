"""What each process loads before its first work: nothing that it never uses. `python -m bench memory` weighs it."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from helpdesk.supervisor import processes

ROOT = Path(__file__).resolve().parents[2]
BARE = "from helpdesk import spared; spared.begin()"
STARTS = {
    "web": ["-c", f"{BARE}; import granian.cli, granian.server, helpdesk.wsgi"],
    "sockets": [
        "-c",
        "from helpdesk import spared; spared.begin(spared.CIPHERS); "
        "import uvicorn.main, helpdesk.asgi, helpdesk.line",
    ],
    "worker": [
        "-c",
        f"{BARE}; import cryptography.fernet; from helpdesk.celery import app; "
        "app.loader.import_default_modules(); import celery.apps.worker, celery.concurrency.thread",
    ],
    # The program that stays; the one before it reads the settings.
    "beat": ["-I", "-S", "-c", "import runpy; runpy.run_path('helpdesk/clock.py')"],
}
LOOK = "import sys; print(*sys.modules)"
# Loaded with the first document, workbook or model that asks for it, or by nobody at all.
NEVER = {
    "anyio", "celery.bin", "click_repl", "django.contrib.admin.sites", "django.test", "docx",
    "greenlet", "IPython", "markdown", "numpy", "openai", "openpyxl", "prompt_toolkit", "psutil", "pydantic",
    "pygments", "pypdf", "pypdfium2", "pytest", "redis.asyncio.cluster", "redis.cluster", "requests", "rich",
    "sentry_sdk", "sqlparse", "unittest", "yaml",
}  # fmt: skip
NEVER_OF = {
    "web": {"celery.worker", "django.db.migrations.executor", "drf_spectacular.views"},
    "sockets": {
        "celery.worker", "cryptography.hazmat", "cryptography.x509", "drf_spectacular.openapi", "helpdesk.urls",
        "httpx", "phonenumbers", "PIL", "rest_framework.views", "uvicorn.supervisors",
    },
    "worker": {"PIL", "puremagic", "drf_spectacular.openapi", "helpdesk.urls", "rest_framework.views"},
    "beat": {"asyncio", "celery", "django", "hashlib", "helpdesk", "orjson", "redis", "ssl"},
}  # fmt: skip


@pytest.fixture(scope="module", params=STARTS)
def started(request):
    """A process's name and the modules it has loaded."""
    *options, start = STARTS[request.param]
    done = subprocess.run(
        [sys.executable, *options, f"{start}\n{LOOK}"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "helpdesk.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return request.param, set(done.stdout.split())


def test_nothing_is_loaded_that_the_process_never_uses(started):
    name, modules = started
    assert not modules & (NEVER | NEVER_OF[name])


def test_what_is_hidden_from_one_library_is_there_for_others():
    script = f"""
{BARE}
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "helpdesk.settings"
import django; django.setup()
import rest_framework.compat, kombu.serialization, rest_framework_simplejwt.tokens
assert rest_framework.compat.yaml is None
import yaml, django.test, django.test.signals
print(django.test.Client.__name__, yaml.safe_load("[1]"))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout.split(), done.stderr) == (["Client", "[1]"], "")


@contextmanager
def web(**environment):
    """The server of `web` without a store, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {**os.environ, "DJANGO_SETTINGS_MODULE": "helpdesk.settings", **environment}
    server = subprocess.Popen(processes.web("127.0.0.1", port), cwd=ROOT, env=given, start_new_session=True)
    try:
        wait_for(f"http://127.0.0.1:{port}/health/live", server)
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


families = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="/proc tells who started whom")


def children_of(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


@families
def test_web_is_one_process_and_ends_when_it_is_asked_to():
    with web() as server:
        assert children_of(server.pid) == []
        server.send_signal(signal.SIGTERM)
        assert server.wait(20) == 0


@families
def test_web_has_processes_below_it_where_it_is_told_to():
    with web(GRANIAN_WORKERS="2") as server:
        assert len(children_of(server.pid)) == 2


def wait_for(url, process):
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        try:
            assert httpx.get(url).status_code == 200
            return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(f"nobody answers at {url}")
