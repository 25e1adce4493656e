"""What the tests need of the engine's shared library: its dictionary of tokens, and the key that it trusts.

The library is a Go program in an ELF file. A Go string is a pointer and a length; in a shared library the pointer is
written by the loader, from the table of relocations. So the dictionary can be read without running anything.
"""

import ctypes
import ctypes.util
import importlib.util
import platform
import struct
import sys
from functools import cache
from pathlib import Path

# Whose signature makes a server WhatsApp's: `WACertPubKey` in whatsmeow's handshake.go, also in Baileys' defaults.
TRUSTED = bytes.fromhex("142375574d0a587166aae71ebe516437c4a28b73e3695c6ce1f7f9545da8ee6b")
KEY = "RELAY_KEY"  # the variable that names another
MACHINES = {
    "x86_64": ("amd64", 8),
    "aarch64": ("arm64", 1027),
}  # the name in the file, "relative" relocations
RELA, NOBITS = 4, 8
SINGLE, DOUBLE, DICTIONARIES = 236, 256, 4
STRING = 16


def missing_engine() -> str:
    """Why the engine cannot be loaded here; blank when it can."""
    if importlib.util.find_spec("neonize") is None:
        return "neonize is not installed"
    return "" if ctypes.util.find_library("magic") else "neonize needs libmagic, which is not installed"


def missing() -> str:
    """Why there can be no relay here; blank when there can."""
    if sys.platform != "linux" or platform.machine() not in MACHINES:
        return "the relay reads the engine's library on Linux, x86-64 and ARM, only"
    return missing_engine()


@cache
def path() -> Path:
    """Where it is, without loading it."""
    spec = importlib.util.find_spec("neonize")
    folder = ((spec and spec.submodule_search_locations) or [""])[0]
    return Path(folder) / f"neonize-linux-{MACHINES[platform.machine()][0]}.so"


class Image:
    """The file as the loader sees it."""

    def __init__(self, file: Path) -> None:
        self.raw = raw = file.read_bytes()
        start = struct.unpack_from("<Q", raw, 40)[0]
        size, count = struct.unpack_from("<HH", raw, 58)
        rows = [struct.unpack_from("<IIQQQQIIQQ", raw, start + number * size) for number in range(count)]
        self._parts = [(row[3], row[4], row[5]) for row in rows if row[3] and row[1] != NOBITS]
        relative = MACHINES[platform.machine()][1]
        self._pointers = {
            where: to
            for row in rows if row[1] == RELA
            for where, kind, to in struct.iter_unpack("<QQq", raw[row[4] : row[4] + row[5]])
            if kind & 0xFFFFFFFF == relative
        }  # fmt: skip

    def address_of(self, found: bytes) -> int:
        offset = self.raw.index(found)
        return next(at + offset - start for at, start, size in self._parts if start <= offset < start + size)

    def pointers_to(self, address: int) -> list[int]:
        return [where for where, to in self._pointers.items() if to == address]

    def string(self, slot: int) -> str:
        if slot not in self._pointers:
            return ""
        length = struct.unpack_from("<Q", self.raw, self._offset(slot) + 8)[0]
        start = self._offset(self._pointers[slot])
        return self.raw[start : start + length].decode()

    def pointer(self, slot: int) -> int:
        return self._pointers[slot]

    def _offset(self, address: int) -> int:
        return next(start + address - at for at, start, size in self._parts if at <= address < at + size)


@cache
def tokens() -> tuple[list[str], list[list[str]]]:
    """The words that travel as one byte, and the four dictionaries of those that travel as two."""
    image = Image(path())
    first = _slots(image, "xmlstreamstart", "xmlstreamend")
    single = [image.string(first + STRING * number) for number in range(-1, SINGLE - 1)]
    inner = _slots(image, "read-self", "active")
    outer = next(iter(image.pointers_to(inner)))  # a slice: pointer, length, capacity
    tables = [image.pointer(outer + 24 * number) for number in range(DICTIONARIES)]
    return single, [[image.string(table + STRING * i) for i in range(DOUBLE)] for table in tables]


def _slots(image: Image, word: str, following: str) -> int:
    """Where the list with these two neighbours has the first of them."""
    for slot in image.pointers_to(image.address_of(word.encode())):
        if image.string(slot) == word and image.string(slot + STRING) == following:
            return slot
    raise LookupError(f"the library has no list with {word}")


def trust(key: bytes) -> None:
    """From now on, in this process, a server is genuine whose certificate this key has signed."""
    import neonize.client  # noqa: F401  it must be loaded first

    lines = Path("/proc/self/maps").read_text().splitlines()
    base = min(int(line.split("-")[0], 16) for line in lines if line.endswith(str(path().resolve())))
    address = base + Image(path()).address_of(TRUSTED)
    if ctypes.string_at(address, len(TRUSTED)) != TRUSTED:
        raise LookupError("the library is not laid out as expected")
    ctypes.memmove(address, key, len(key))
