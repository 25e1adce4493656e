"""The engine that production uses, told to take the relay for WhatsApp. Nothing else about it is changed."""

import os
from pathlib import Path

from whatsapp.devices.link import Hear
from whatsapp.devices.neonize_engine import Neonize, NeonizeLink
from whatsapp.tests.relay import library


class RelayNeonize(Neonize):
    """For `DEVICE_ENGINE` of a process that has `Relay.environment`."""

    is_told = False

    def open(self, keys: Path, jid: str, hear: Hear) -> NeonizeLink:
        if not RelayNeonize.is_told:
            RelayNeonize.is_told = True
            library.trust(bytes.fromhex(os.environ[library.KEY]))
        return super().open(keys, jid, hear)
