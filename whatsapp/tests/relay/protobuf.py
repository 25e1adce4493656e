"""The little of Protocol Buffers that a server reads and writes: numbers and bytes. The field numbers are WhatsApp's.

So the tests need not load the engine's own classes, which would load the engine with them.
"""


def pack(fields: dict[int, int | bytes]) -> bytes:
    out = bytearray()
    for number, value in fields.items():
        if isinstance(value, int):
            out += _varint(number << 3) + _varint(value)
        else:
            out += _varint(number << 3 | 2) + _varint(len(value)) + value
    return bytes(out)


def unpack(raw: bytes) -> dict[int, int | bytes]:
    """The last of a repeated field wins."""
    fields: dict[int, int | bytes] = {}
    at = 0
    while at < len(raw):
        key, at = _read(raw, at)
        kind = key & 7
        if kind == 0:
            fields[key >> 3], at = _read(raw, at)
            continue
        size, at = _read(raw, at) if kind == 2 else ({1: 8, 5: 4}[kind], at)
        fields[key >> 3] = raw[at : at + size]
        at += size
    return fields


def inner(fields: dict[int, int | bytes], number: int) -> dict[int, int | bytes]:
    """A message inside a message; empty when it is not there."""
    return unpack(data(fields, number))


def data(fields: dict[int, int | bytes], number: int) -> bytes:
    found = fields.get(number, b"")
    return found if isinstance(found, bytes) else b""


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def _read(raw: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = raw[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at
