"""A message of the business on its way, as the customer's phone allows: sent, shown, read or failed."""

from collections.abc import Callable

from . import payloads
from .records import RANKS, Json, Message, Persona
from .webhooks import Courier
from .world import World


class Carrier:
    """Moves accepted messages along and reports every step."""

    def __init__(self, world: World, courier: Courier) -> None:
        self.world = world
        self.courier = courier
        self.late = 0

    def carry(self, message: Message) -> None:
        """Take an accepted message; nothing of one chat ever overtakes what was accepted before."""
        chat = self.world.chat(message.phone_number_id, message.persona)
        moment = max(chat.sent_floor, self.world.now() + self._delay(message, "sent_ms"))
        chat.sent_floor = moment
        self.world.timers.at(moment, self._step(self._leave, message))

    def resume(self) -> None:
        """After a restart, pick up every message that was under way."""
        for message in list(self.world.messages.values()):
            if message.direction == "out" and not message.is_settled:
                if message.has("sent"):
                    self._approach(message)
                else:
                    self.carry(message)

    def presence_changed(self, persona: Persona) -> None:
        """A phone that comes back gets what waited for it."""
        if not persona.is_reachable:
            return
        for (_, who), thread in list(self.world.threads.items()):
            if who == persona.id:
                for message in thread:
                    if message.direction == "out" and message.has("sent") and not message.is_settled:
                        self._approach(message)

    def read(self, phone_number_id: str, persona: Persona) -> int:
        """The customer opened the chat and looked at all of it."""
        count = 0
        for message in self.world.thread(phone_number_id, persona.id):
            if message.direction == "out" and message.shown_at is not None and not message.extra.get("seen"):
                self._see(message, persona)
                count += 1
        return count

    def play(self, message: Message) -> None:
        """The customer listened to a voice note."""
        persona = self.world.personas[message.persona]
        if persona.presence != "receipts_off" and not message.has("played"):
            self.report(message, "played")

    def fail(self, message: Message, code: int, details: str = "") -> None:
        if not message.has("failed"):
            self.report(message, "failed", code=code, details=details)

    def report(self, message: Message, status: str, **more: object) -> None:
        """Note a state and post its webhook, unless a fault loses or delays it."""
        if status in RANKS and RANKS.get(message.state, 0) >= RANKS[status]:
            return
        state: Json = {"status": status, "at": self.world.now()} | {
            key: one for key, one in more.items() if one
        }
        message.states.append(state)
        self.world.save_message(message)
        if {status, "all"} & set(message.lost_statuses):
            return
        late = message.late_statuses.get(status) or message.late_statuses.get("all")
        if late:
            self.late += 1
            self.world.timers.after(late / 1000, lambda: self._post_late(message, state))
        else:
            self._post(message, state)

    def _post_late(self, message: Message, state: Json) -> None:
        self.late -= 1
        self._post(message, state)

    def _post(self, message: Message, state: Json) -> None:
        line = self.world.lines.get(message.phone_number_id)
        persona = self.world.personas.get(message.persona)
        if line and persona:
            shape = payloads.group_status_value if persona.is_group else payloads.status_value
            value = shape(self.world, line, persona, message, state)
            self.courier.post(line, "messages", value, lane=message.persona)

    def _leave(self, message: Message) -> None:
        persona = self.world.personas[message.persona]
        if message.fail_with:
            self.fail(message, message.fail_with, message.extra.get("fail_details", ""))
        elif persona.presence == "unregistered":
            self.fail(message, 131026)
        else:
            self.report(message, "sent")
            self._approach(message)

    def _approach(self, message: Message) -> None:
        persona = self.world.personas[message.persona]
        if persona.presence == "blocked":
            # What is written to somebody who blocked the business never arrives, not even later.
            message.extra["swallowed"] = True
        if message.extra.get("swallowed") or not persona.is_reachable:
            return
        chat = self.world.chat(message.phone_number_id, message.persona)
        moment = max(chat.shown_floor, self.world.now() + self._delay(message, "delivered_ms"))
        chat.shown_floor = moment
        self.world.timers.at(moment, self._step(self._arrive, message))

    def _arrive(self, message: Message) -> None:
        persona = self.world.personas[message.persona]
        if message.is_settled or not persona.is_reachable:
            return
        message.shown_at, message.shown_seq = self.world.now(), self.world.next_seq()
        if self._skips_delivered(message) and persona.presence != "receipts_off":
            self._see(message, persona)
            return
        self.report(message, "delivered")
        if self.world.rng.random() < self.world.settings.behaviour.auto_read:
            self.world.timers.after(self._delay(message, "read_ms"), lambda: self._see(message, persona))

    def _see(self, message: Message, persona: Persona) -> None:
        if message.extra.get("seen"):
            return
        message.extra["seen"] = True
        if persona.presence == "receipts_off":
            self.world.save_message(message)
            return
        self.report(message, "read")
        if message.content.get("audio", {}).get("voice") and self.world.settings.behaviour.auto_read:
            self.world.timers.after(self._delay(message, "played_ms"), lambda: self.play(message))

    def _skips_delivered(self, message: Message) -> bool:
        """Decided once per message, so that both steps agree."""
        if "read_at_once" not in message.extra:
            chance = self.world.settings.behaviour.read_without_delivered
            message.extra["read_at_once"] = self.world.rng.random() < chance
        return bool(message.extra["read_at_once"])

    def _delay(self, message: Message, knob: str) -> float:
        behaviour = self.world.settings.behaviour
        is_slow = self.world.personas[message.persona].presence == "slow"
        return self.world.wait(getattr(behaviour, knob)) * (behaviour.slow_factor if is_slow else 1.0)

    def _step(self, step: Callable[[Message], None], message: Message) -> Callable[[], None]:
        def run() -> None:
            # The chat may have been reset, or the message settled, while the timer ran.
            if self.world.messages.get(message.wamid) is message and not message.is_settled:
                step(message)

        return run
