"""A recording of what a business was told while somebody played on the phone page: kept as a regression test."""

from typing import Any

from .records import Json, Line

FORMAT = 1


class Recorder:
    """Off until it is started. Notes each update once, in the order in which it happened."""

    def __init__(self) -> None:
        self.name = ""
        self.is_on = False
        self._started = 0.0
        self._numbers: dict[str, Json] = {}
        self._webhooks: list[Json] = []

    def start(self, name: str, at: float) -> None:
        self.name, self.is_on, self._started = name, True, at
        self._numbers, self._webhooks = {}, []

    def stop(self) -> None:
        self.is_on = False

    def note(self, line: Line, field: str, value: Json, at: float) -> None:
        if not self.is_on:
            return
        self._numbers[line.phone_number_id] = {
            "phone_number_id": line.phone_number_id,
            "waba_id": line.waba_id,
            "display_phone_number": line.display_phone_number,
        }
        change = {"field": field, "value": value}
        body = {"object": "whatsapp_business_account", "entry": [{"id": line.waba_id, "changes": [change]}]}
        self._webhooks.append({"after_s": round(at - self._started, 3), "body": body})

    def document(self) -> Json:
        webhooks: list[Any] = list(self._webhooks)
        return {
            "format": FORMAT,
            "name": self.name,
            "numbers": list(self._numbers.values()),
            "webhooks": webhooks,
        }
