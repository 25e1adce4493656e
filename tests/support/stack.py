"""A whole installation for one test module: real web, sockets, worker, beat and emulator on free ports."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from helpdesk.embedded import Services, valkey
from helpdesk.embedded.account import Account
from helpdesk.supervisor import ports as free_ports
from helpdesk.supervisor import processes
from helpdesk.supervisor.children import Children
from helpdesk.supervisor.processes import Ports, Process
from tests.support import database

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


SIGNUP = {"app_id": "990000000000001", "app_secret": "signup-secret", "config_id": "770000000000001"}


@dataclass
class Stack:
    """Own database, own Redis, own ports; nothing is shared with other tests but the PostgreSQL server."""

    services: Services
    name: str
    seed: bool = False
    extra: dict[str, str] = field(default_factory=dict)
    workers: int = 1
    ai: bool = False  # with a scripted provider and the worker that asks it; a seeded one has them anyway
    existing_database: str = ""  # use this one and leave it there

    def __enter__(self) -> Self:
        self.home = Path(tempfile.mkdtemp(prefix="stack-"))
        self.home.chmod(0o755)
        self.redis_home = self.home / "valkey"
        self.redis_url = valkey.ensure(self.redis_home, Account.for_servers())
        start = 20_000 + (os.getpid() * 7) % 20_000
        self.ports = free_ports.choose(Ports(start, start + 100, start + 200, start + 300), lambda text: None)
        self.database_name = self.existing_database or database.copy(
            self.services.admin_url, f"stack_{self.name}_{os.getpid()}"
        )
        self.environment = {**os.environ, **self._settings(), **self.extra}
        self.children = Children(self.home, self.environment, self._tell)
        self.notes: list[str] = []
        self.children.start(processes.emulator(self.ports.emulator, self.home / "emulator"))
        self._wait(f"{self.emulator}/_ctl/health")
        if self.ai or self.seed:
            self.children.start(processes.scripted_ai(self.ports.ai))
            self._wait(f"{self.ai_server}/_ctl/health")
        if self.seed:
            self.manage("seed_demo")
        for process in self.product():
            self.children.start(process)
        self._wait(f"{self.web}/health/live")
        self._wait(f"http://127.0.0.1:{self.ports.sockets}/health/live")
        self._wait(f"{self.web}/health/ready")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.children.stop()
        valkey.stop(self.redis_home)
        if not self.existing_database:
            database.remove(self.services.admin_url, self.database_name)
        if error is None:
            shutil.rmtree(self.home, ignore_errors=True)
        else:
            print(f"The processes' logs are kept in {self.home / 'logs'}", file=sys.stderr)

    @property
    def web(self) -> str:
        return f"http://localhost:{self.ports.web}"

    @property
    def sockets(self) -> str:
        return f"ws://localhost:{self.ports.sockets}/ws/"

    @property
    def emulator(self) -> str:
        return f"http://127.0.0.1:{self.ports.emulator}"

    @property
    def ai_server(self) -> str:
        return f"http://127.0.0.1:{self.ports.ai}"

    def product(self) -> list[Process]:
        made = processes.product(self.ports, ai=self.ai or self.seed)
        for number in range(1, self.workers):
            made.append(Process(f"worker{number}", processes.worker(1)))
        return made

    def pid(self, name: str) -> int:
        running = self.children.all[name].running
        assert running, f"{name} does not run"
        return running.pid

    def manage(self, *arguments: str) -> str:
        """Run a management command to its end and return what it printed."""
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def kill(self, name: str) -> None:
        """kill -9 of one process and everything it started; `look()` brings it back."""
        child = self.children.all[name]
        if child.running:
            os.killpg(child.running.pid, signal.SIGKILL)
            child.running.wait()

    def kill_redis(self) -> None:
        """kill -9 of Redis and a fresh, empty one at the same address."""
        pid = int((self.redis_home / "pid").read_text())
        os.kill(pid, signal.SIGKILL)
        time.sleep(0.3)
        assert valkey.ensure(self.redis_home, Account.for_servers()) == self.redis_url

    def look(self) -> None:
        """Start again what was killed, at once."""
        self.children.look()  # notes who has ended, and would wait before starting them
        for child in self.children.all.values():
            child.start_at = 0
            child.failures = 0
        self.children.look()

    def control(self, method: str, path: str, **kwargs: Any) -> Any:
        """A call to the emulator's control API."""
        answer = httpx.request(method, f"{self.emulator}/_ctl/{path}", timeout=60, **kwargs)
        answer.raise_for_status()
        return answer.json()

    def _settings(self) -> dict[str, str]:
        return {
            "ENVIRONMENT": "development",
            "DATA_DIR": str(self.home),
            "MEDIA_ROOT": str(self.home / "media"),
            "DATABASE_URL": database.url_for(self.services.database_url, self.database_name),
            "DATABASE_OWNER_URL": database.url_for(self.services.owner_url, self.database_name),
            "REDIS_URL": self.redis_url,
            "CHANNEL_PREFIX": "stack",
            "PUBLIC_URL": self.web,
            "SOCKETS_PORT": str(self.ports.sockets),
            "WHATSAPP_API_ROOT": self.emulator,
            "WHATSAPP_MEDIA_HOSTS": "127.0.0.1",
            "WHATSAPP_SIGNUP_APP_ID": SIGNUP["app_id"],
            "WHATSAPP_SIGNUP_APP_SECRET": SIGNUP["app_secret"],
            "WHATSAPP_SIGNUP_CONFIG_ID": SIGNUP["config_id"],
            "WHATSAPP_SIGNUP_DIALOG": self.emulator,
            "WHATSAPP_PHONE_PAGE": f"http://localhost:{self.ports.emulator}/phone/",
            "PRIVATE_HOSTS_ALLOWED": "127.0.0.1,localhost",
            "WEBHOOK_ROOT": f"http://127.0.0.1:{self.ports.web}",
            "EMULATOR_URL": self.emulator,
            "AI_DEMO_URL": self.ai_server,
            "EMAIL_URL": "console://",
            "RATE_USER": "100000/min",
            "RATE_ADDRESS": "100000/min",
            "RATE_COPILOT": "100000/min",
            "RATE_ASSISTANT": "100000/min",
            "RATE_LOGIN": "100000/min",
            "RATE_SIGN_UP": "100000/min",
            "DJANGO_SETTINGS_MODULE": "helpdesk.settings",
        }

    def _tell(self, text: str) -> None:
        self.notes.append(text)

    def _wait(self, url: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                if httpx.get(url, timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            self.children.look()
            if time.monotonic() > deadline:
                logs = [path.read_text()[-2000:] for path in sorted((self.home / "logs").glob("*.log"))]
                raise AssertionError(f"{url} does not answer.\n" + "\n".join([*self.notes, *logs]))
            time.sleep(0.1)
