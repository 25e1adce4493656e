"""An engine in a process of its own, as in a host of devices: it may abort, and it never ends by itself."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.stack import ROOT
from whatsapp.tests.relay.engine import RelayNeonize
from whatsapp.tests.relay.people import Person
from whatsapp.tests.relay.server import Relay

Heard = dict[str, Any]
PATIENCE = 60


class EngineProcess:
    """`heard` is everything that it told, in order. Leave the `with` and it is gone."""

    def __init__(self, keys: Path, environment: dict[str, str]) -> None:
        self.keys, self.environment = keys, environment
        self.heard: list[Heard] = []
        self._log = keys.with_suffix(".log")
        self._changed = threading.Condition()

    def __enter__(self) -> "EngineProcess":
        with self._log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "whatsapp.tests.relay.driver", str(self.keys)],
                cwd=ROOT, env={**os.environ, **RelayNeonize.environment, **self.environment}, text=True, bufsize=1,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
            )  # fmt: skip
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self._reader.join()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()

    def until(self, event: str, having: Callable[[Heard], Any] = bool, *, after: int = 0) -> Heard:
        """The first such event among what it told, from the given place on."""
        return self._first(lambda one: one.get("event") == event and having(one), after, event)

    def do(self, what: str, *args: Any, **named: Any) -> Any:
        """Call the link; what it answered, or its error and code."""
        after = len(self.heard)
        print(json.dumps({"do": what, "args": args, "named": named}), file=self.process.stdin)
        done = self._first(lambda one: one.get("did") == what, after, what)
        return (done["error"], done["code"]) if "error" in done else done["answer"]

    def _first(self, wanted: Callable[[Heard], Any], after: int, name: str) -> Heard:
        def found() -> Heard | None:
            return next((one for one in self.heard[after:] if wanted(one)), None)

        with self._changed:
            if first := self._changed.wait_for(found, PATIENCE):
                return first
            raise AssertionError(f"no {name} in {self.heard[after:]}; {self._log.read_text()[-2000:]}")

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            with self._changed:
                self.heard.append(json.loads(line))
                self._changed.notify_all()


@contextmanager
def linked(relay: Relay, person: Person, keys: Path) -> Iterator[EngineProcess]:
    """An engine whose code this person's telephone has scanned, online."""
    with EngineProcess(keys, relay.environment) as engine:
        relay.scan(person, engine.until("qr")["code"])
        engine.until("connected")
        yield engine
