"""A process with one engine in it: told by lines of JSON what to do, it tells what it hears in the same way."""

import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

from whatsapp.devices.link import LinkError, LinkEvent
from whatsapp.tests.relay.engine import RelayNeonize


def main(keys: str) -> None:
    told = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # the library prints
    lock = threading.Lock()

    def tell(what: dict[str, Any]) -> None:
        with lock:
            told.write(json.dumps(what) + "\n")

    def hear(event: LinkEvent) -> None:
        tell({"event": event.kind, **event.data})

    link = RelayNeonize().open(Path(keys), "", hear)

    def dial() -> None:
        try:
            link.connect()
        except LinkError as error:
            tell({"event": "dial_failed", "reason": str(error)})

    threading.Thread(target=dial, daemon=True).start()
    for line in sys.stdin:
        tell(_done(link, json.loads(line)))
    os._exit(0)  # threads of the engine may never end


def _done(link: Any, asked: dict[str, Any]) -> dict[str, Any]:
    given = [
        bytes.fromhex(one["hex"]) if isinstance(one, dict) and "hex" in one else one for one in asked["args"]
    ]
    try:
        answer = getattr(link, asked["do"])(*given, **asked["named"])
    except LinkError as error:
        return {"did": asked["do"], "error": type(error).__name__, "code": getattr(error, "code", "")}
    return {"did": asked["do"], "answer": {"id": answer.id} if hasattr(answer, "id") else answer}


if __name__ == "__main__":
    main(sys.argv[1])
