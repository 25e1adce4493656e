"""A gateway of Acme on loopback, and calls of its webhook."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.client import ApiClient
from whatsapp.gateway.testing.server import API_KEY, HMAC_KEY, Waha, serve

CHAT = "5511987654321@c.us"


@pytest.fixture
def waha(settings: Any, qr_devices: None) -> Iterator[Waha]:
    found, server = serve()
    settings.PRIVATE_HOSTS_ALLOWED = {"127.0.0.1"}
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def line(boss: ApiClient, waha: Waha) -> int:
    form = {"name": "Gateway", "kind": "gateway", "credentials": credentials(waha)}
    answer = boss.post("/api/connections/", form)
    assert answer.status_code == 201, answer.content
    return int(answer.json()["id"])


def credentials(waha: Waha) -> dict[str, Any]:
    return {"api_root": waha.url, "access_token": API_KEY, "app_secret": HMAC_KEY, "accepts_risk": True}


def call(waha: Waha, line: int, event: str, payload: dict[str, Any], **more: Any) -> Any:
    body, headers = waha.webhook(event, payload, **more)
    url = f"/api/webhooks/gateway/{line}/"
    return ApiClient().generic("POST", url, body, content_type="application/json", **headers)


def says(body: str, message_id: str = "3EB0IN", **more: Any) -> dict[str, Any]:
    name = f"false_{CHAT}_{message_id}"
    return {"id": name, "timestamp": 1_790_000_000, "from": CHAT, "fromMe": False, "body": body, **more}
