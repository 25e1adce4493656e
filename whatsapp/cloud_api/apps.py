"""Which app at Meta is meant: looked up on every webhook and every call, so remembered for half a minute."""

import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

from tenants.scoping import company_scope, platform_scope
from tickets.models import Connection
from whatsapp.models import App

KEPT_SECONDS = 30.0

_lock = threading.Lock()
_by_uuid: dict[uuid.UUID, tuple[float, App]] = {}
_of_company: dict[int, tuple[float, dict[int, App]]] = {}


def app_of(connection: Connection) -> App | None:
    """The app that carries this connection; one query for all apps of the company."""
    wanted = connection.credentials.get("app")
    apps = _remembered(_of_company, connection.company_id, _read_company)
    if wanted is not None and wanted not in apps:  # made a moment ago by another process
        forget(connection.company_id)
        apps = _remembered(_of_company, connection.company_id, _read_company)
    found: App | None = apps.get(wanted)
    return found


def app_behind(address: uuid.UUID) -> App | None:
    """Whose webhook was called: the one question that is asked before the company is known."""
    try:
        found: App = _remembered(_by_uuid, address, _read_one)
        return found
    except App.DoesNotExist:
        return None


def app_behind_now(address: uuid.UUID) -> App | None:
    """The same, read anew: another process may have changed its secrets within the last half minute."""
    with _lock:
        _by_uuid.pop(address, None)
    return app_behind(address)


def forget(company_id: int) -> None:
    """An app of the company was changed here. Other processes learn it within half a minute."""
    with _lock:
        _of_company.pop(company_id, None)
        for key in [key for key, (_, app) in _by_uuid.items() if app.company_id == company_id]:
            del _by_uuid[key]


def _remembered(kept: dict[Any, tuple[float, Any]], key: Any, read: Callable[[Any], Any]) -> Any:
    found = kept.get(key)
    if found is not None and found[0] > time.monotonic():
        return found[1]
    value = read(key)
    with _lock:
        kept[key] = (time.monotonic() + KEPT_SECONDS, value)
    return value


def _read_company(company_id: int) -> dict[int, App]:
    with company_scope(company_id):
        return {app.pk: app for app in App.objects.all()}


def _read_one(address: uuid.UUID) -> App:
    with platform_scope("a webhook names its app, and the app its company"):
        app: App = App.objects.get(uuid=address)
        return app
