"""The parts of one running emulator, held together."""

from dataclasses import dataclass
from pathlib import Path

from .delivery import Carrier
from .faults import Faults
from .ledger import Ledger
from .limits import Limits
from .records import Message
from .webhooks import Courier
from .world import World


@dataclass(slots=True)
class Hub:
    """What every endpoint gets."""

    world: World
    ledger: Ledger
    courier: Courier
    carrier: Carrier
    faults: Faults
    limits: Limits

    @classmethod
    def open(cls, folder: Path, seed: int, allow: frozenset[str]) -> "Hub":
        world = World(folder, seed)
        world.allowed_hosts |= allow
        ledger = Ledger(world.clock)
        courier = Courier(world, ledger)
        hub = cls(world, ledger, courier, Carrier(world, courier), Faults(world.rng), Limits())
        courier.on_delivered = hub._acknowledged
        return hub

    def _acknowledged(self, wamid: str) -> None:
        """The business answered 200: the customer's message gets its second tick."""
        message: Message | None = self.world.messages.get(wamid)
        if message is not None and not message.has("delivered"):
            message.states.append({"status": "delivered", "at": self.world.now()})
            self.world.save_message(message)
