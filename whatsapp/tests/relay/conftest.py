"""Two shops' engines and the telephones that scan their codes."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from whatsapp.tests.relay import library
from whatsapp.tests.relay.nodes import HIDDEN, PEOPLE
from whatsapp.tests.relay.people import Person
from whatsapp.tests.relay.process import EngineProcess
from whatsapp.tests.relay.server import Relay

IN_MEMORY = Path("/dev/shm")


@dataclass
class Shop:
    """A person with an engine that is linked and online."""

    person: Person
    engine: EngineProcess

    @property
    def number(self) -> str:
        return self.person.jid(PEOPLE)

    @property
    def hidden(self) -> str:
        return self.person.jid(HIDDEN)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """In memory where that is possible: an engine writes 812 keys one by one, each safely to the disk."""
    made = tempfile.mkdtemp(prefix="relay-", dir=IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None)
    yield Path(made)
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def relay(folder: Path) -> Iterator[Relay]:
    if reason := library.missing():
        pytest.skip(reason)
    with Relay(folder) as running:
        yield running
    assert running.door.refused == []  # nobody wanted to go anywhere else


@pytest.fixture(scope="module")
def account(relay: Relay) -> Callable[[str], Person]:
    """A new account, with a telephone, every time."""
    numbers = itertools.count(1)

    def make(name: str) -> Person:
        number = next(numbers)
        return relay.person(f"55119900{number:05}", f"1900000000{number:05}", name)

    return make


@pytest.fixture(scope="module")
def pair(relay: Relay, folder: Path, account: Callable[[str], Person]) -> Iterator[tuple[Shop, Shop]]:
    """Both are linked at the same time; a module's tests share them, for linking takes two seconds."""
    people = [account("Padaria"), account("Bia")]
    with ExitStack() as ends:
        engines = [
            ends.enter_context(EngineProcess(folder / f"{one.lid}.db", relay.environment)) for one in people
        ]
        for person, engine in zip(people, engines, strict=True):
            relay.scan(person, engine.until("qr")["code"])
        for engine in engines:
            engine.until("connected")
        padaria, bia = (Shop(*both) for both in zip(people, engines, strict=True))
        yield padaria, bia
