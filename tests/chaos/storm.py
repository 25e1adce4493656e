"""The storm: what is sent, what goes wrong on the way, and what is killed meanwhile."""

import random
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.chaos.customers import PICTURE, Crowd
from tests.support.stack import Stack

PICTURES = 0.08  # share of what agents send
PASSWORD = "storm-horse-battery-staple"
FAULTS = [
    {"endpoint": "messages", "action": "error", "code": 131026, "probability": 0.03},  # refused for good
    {"endpoint": "messages", "action": "error", "code": 130429, "probability": 0.04},  # too fast
    {"endpoint": "messages", "action": "http", "status": 500, "probability": 0.02},
    {"endpoint": "messages", "action": "http", "status": 502, "accept": True, "probability": 0.02},
    {"endpoint": "messages", "action": "drop_after_accept", "probability": 0.04},
    {"endpoint": "messages", "action": "lose_status", "status": "all", "probability": 0.02},
    {"endpoint": "messages", "action": "lose_status", "status": "sent", "probability": 0.05},
    {"endpoint": "messages", "action": "delay_status", "status": "delivered", "delay_ms": 1500, "probability": 0.1},
    {"endpoint": "messages", "action": "fail_async", "code": 131026, "probability": 0.02},
    # Its receipts come before the answer does.
    {"endpoint": "messages", "action": "delay_after_accept", "delay_ms": 900, "probability": 0.04},
    {"endpoint": "media_get", "action": "http", "status": 500, "probability": 0.05},
    {"endpoint": "cdn", "action": "http", "status": 502, "probability": 0.05},
    {"endpoint": "media_upload", "action": "http", "status": 500, "probability": 0.05},
]  # fmt: skip


@dataclass
class Company:
    """One of the companies that share the installation."""

    stack: Stack
    name: str
    number: str
    access: str = ""
    connection: int = 0

    @property
    def phone_number_id(self) -> str:
        return f"1{self.number}"

    def set_up(self) -> None:
        email = f"admin@{self.name}.example"
        body = {"company": self.name, "name": "Admin", "email": email, "password": PASSWORD}
        answer = httpx.post(f"{self.stack.web}/api/auth/signup/", json=body, timeout=30)
        assert answer.status_code == 201, answer.text
        self.access = answer.json()["access"]
        ids = {
            "phone_number_id": self.phone_number_id,
            "waba_id": f"2{self.number}",
            "app_id": f"3{self.number}",
        }
        secrets = {"app_secret": f"secret-{self.number}", "access_token": f"token-{self.number}"}
        about = {
            "display_phone_number": f"+{self.number}",
            "verified_name": self.name,
            "verify_token": "storm",
        }
        self.stack.control("PUT", "numbers", json={**ids, **secrets, **about})
        fields = {"name": self.name, "kind": "cloud_api", "credentials": {**ids, **secrets}}
        row = self.call("POST", "connections/", json=fields)
        self.connection = row["id"]
        hook = {"callback_url": row["webhook"]["url"], "verify_token": row["webhook"]["verify_token"]}
        self.stack.control("PUT", "numbers", json={**ids, **hook})

    def call(self, method: str, path: str, **kwargs: Any) -> Any:
        """Like a console on a bad line: tries again until the server answers."""
        for _ in range(240):
            try:
                answer = self._try(method, path, **kwargs)
            except httpx.TransportError:
                time.sleep(0.25)
                continue
            if answer.status_code < 500 and answer.status_code != 401:
                assert answer.status_code < 300, f"{method} {path}: {answer.text}"
                return answer.json() if answer.content else None
            if answer.status_code == 401:
                self._sign_in()
            time.sleep(0.25)
        raise AssertionError(f"{method} {path} never answered")

    def _try(self, method: str, path: str, **kwargs: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.access}"}
        url = path if path.startswith("http") else f"{self.stack.web}/api/{path}"
        return httpx.request(method, url, headers=headers, timeout=20, **kwargs)

    def _sign_in(self) -> None:
        body = {"email": f"admin@{self.name}.example", "password": PASSWORD, "refresh_in": "body"}
        answer = httpx.post(f"{self.stack.web}/api/auth/login/", json=body, timeout=20)
        if answer.status_code == 200:
            self.access = answer.json()["access"]


@dataclass
class Storm:
    """`inbound` items from customers, `outbound` sends by agents, `kills` of processes, all at the same time."""

    stack: Stack
    companies: list[Company]
    inbound: int
    outbound: int
    kills: int
    seed: int = 7
    killed: list[str] = field(default_factory=list)
    problems: list[BaseException] = field(default_factory=list)

    def blow(self) -> None:
        for company in self.companies:
            company.set_up()
        self._open_conversations()
        self.stack.control("POST", "faults", json={"faults": FAULTS})
        post = {"batch_max": 40, "duplicate": 0.2, "shuffle": True, "rebatch": True, "retry_scale": 0.02,
                "parallel": 4, "timeout_s": 5}  # fmt: skip
        self.stack.control("POST", "webhooks", json=post)
        jobs = [self._customers_write, self._agents_send, self._kill]
        threads = [threading.Thread(target=self._guarded, args=[job]) for job in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self.problems:
            raise self.problems[0]
        self.stack.look()
        self.stack.control("DELETE", "faults")

    def settle(self, *, seconds: float) -> None:
        """Wait until the emulator has delivered everything and no message is on its way."""
        deadline = time.monotonic() + seconds
        calm = 0
        while calm < 3:
            self.stack.look()
            assert time.monotonic() < deadline, f"not at rest: {self.unrest()}"
            calm = 0 if self.unrest() else calm + 1
            time.sleep(1)

    def unrest(self) -> dict[str, int]:
        """What still moves; empty when all is at rest."""
        from tests.chaos.books import moving

        found = moving(self.stack)
        found["webhooks"] = self.stack.control("GET", "health")["pending_webhooks"]
        return {name: count for name, count in found.items() if count}

    def _guarded(self, job: Any) -> None:
        try:
            job()
        except BaseException as error:
            self.problems.append(error)

    def _open_conversations(self) -> None:
        """Twenty customers each write once, so that agents have someone to answer from the start."""
        for company in self.companies:
            self._bulk([
                {"persona": self._agents_customer(company, n), "phone_number_id": company.phone_number_id,
                 "type": "text", "body": f"open {company.name} {n}"}
                for n in range(20)
            ])  # fmt: skip
        deadline = time.monotonic() + 60
        while any(len(self._tickets(company)) < 20 for company in self.companies):
            assert time.monotonic() < deadline, "the first conversations never arrived"
            time.sleep(0.2)

    def _agents_customer(self, company: Company, n: int) -> str:
        return f"5511981{self.companies.index(company)}{n:05d}"

    def _tickets(self, company: Company) -> list[dict[str, Any]]:
        found = company.call("GET", "tickets/?tab=all&limit=100")["results"]
        return [row for row in found if row["contact"]["number"].startswith("5511981")]

    def _customers_write(self) -> None:
        dice = random.Random(self.seed)
        crowd = Crowd(self.seed, people=self.inbound // 20 + 1)
        lines = [company.phone_number_id for company in self.companies]
        left = self.inbound
        while left > 0:
            drafts = crowd.drafts(min(left, dice.randint(1, 60)), lines)
            crowd.remember(drafts, self._bulk(drafts))
            left -= len(drafts)
            time.sleep(dice.random() * 0.05)

    def _bulk(self, items: list[dict[str, Any]]) -> list[str]:
        wamids: list[str] = self.stack.control("POST", "bulk", json={"items": items})["ids"]
        return wamids

    def _agents_send(self) -> None:
        dice = random.Random(self.seed + 1)
        open_tickets = [(company, row["id"]) for company in self.companies for row in self._tickets(company)]
        for company, ticket in open_tickets:
            company.call("POST", f"tickets/{ticket}/accept/")
        for n in range(self.outbound):
            company, ticket = dice.choice(open_tickets)
            body = {"client_id": str(uuid.uuid4()), "kind": "text", "body": f"out {n}"}
            if dice.random() < PICTURES:
                file = {"file": ("foto.jpg", PICTURE, "image/jpeg")}
                upload = company.call("POST", "uploads/", files=file)["id"]
                body |= {"kind": "media", "attachments": [upload]}
            company.call("POST", f"tickets/{ticket}/messages/", json=body)

    def _kill(self) -> None:
        """One process after the other, at random moments, each started again at once."""
        dice = random.Random(self.seed + 2)
        for _ in range(self.kills):
            time.sleep(0.5 + dice.random() * 1.5)
            victim = dice.choice(["worker", "worker", "worker1", "web", "beat", "redis"])
            self.killed.append(victim)
            if victim == "redis":
                self.stack.kill_redis()
            else:
                self.stack.kill(victim)
                self.stack.look()
