"""The server's side of Noise_XX_25519_AESGCM_SHA256, as WhatsApp uses it (whatsmeow: handshake.go, socket/).

Frames are preceded by three bytes of length; the client's first by the header that both mix in.
"""

import hashlib
from collections.abc import Awaitable, Callable

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from whatsapp.tests.relay.keys import Identity
from whatsapp.tests.relay.protobuf import data, inner, pack, unpack

PATTERN = b"Noise_XX_25519_AESGCM_SHA256\0\0\0\0"
HEADER = b"WA\x06\x03"  # the protocol and the version of the dictionary
CLIENT_HELLO, SERVER_HELLO, CLIENT_FINISH = 2, 3, 4
Read = Callable[[], Awaitable[bytes]]
Write = Callable[[bytes], Awaitable[None]]


class _Symmetric:
    def __init__(self) -> None:
        self.hash = self.salt = self.key = PATTERN
        self.counter = 0
        self.mix_hash(HEADER)

    def mix_hash(self, seen: bytes) -> None:
        self.hash = hashlib.sha256(self.hash + seen).digest()

    def mix_key(self, ours: X25519PrivateKey, theirs: bytes) -> None:
        self.salt, self.key = self.split(ours.exchange(X25519PublicKey.from_public_bytes(theirs)))
        self.counter = 0

    def split(self, secret: bytes = b"") -> tuple[bytes, bytes]:
        both = HKDF(hashes.SHA256(), 64, self.salt, b"").derive(secret)
        return both[:32], both[32:]

    def encrypt(self, plain: bytes) -> bytes:
        sealed = AESGCM(self.key).encrypt(_nonce(self.counter), plain, self.hash)
        self.counter += 1
        self.mix_hash(sealed)
        return sealed

    def decrypt(self, sealed: bytes) -> bytes:
        plain = AESGCM(self.key).decrypt(_nonce(self.counter), sealed, self.hash)
        self.counter += 1
        self.mix_hash(sealed)
        return plain


class Channel:
    """Encrypted frames after the handshake; `login` is what the client said of itself (its ClientPayload)."""

    def __init__(
        self, keys: tuple[bytes, bytes], login: dict[int, int | bytes], read: Read, write: Write
    ) -> None:
        self._in, self._out = AESGCM(keys[0]), AESGCM(keys[1])
        self._read, self._write = read, write
        self._heard = self._said = 0
        self.login = login

    async def read(self) -> bytes:
        plain = self._in.decrypt(_nonce(self._heard), await self._read(), b"")
        self._heard += 1
        return plain

    async def write(self, plain: bytes) -> None:
        sealed = self._out.encrypt(_nonce(self._said), plain, b"")
        self._said += 1
        await self._write(sealed)


async def accept(identity: Identity, read: Read, write: Write) -> Channel:
    """The three messages of XX: ours carries the certificates, the client's last one its login."""
    state, ephemeral = _Symmetric(), X25519PrivateKey.generate()
    theirs = data(inner(unpack(await read()), CLIENT_HELLO), 1)
    state.mix_hash(theirs)
    ours = ephemeral.public_key().public_bytes_raw()
    state.mix_hash(ours)
    state.mix_key(ephemeral, theirs)
    static = state.encrypt(identity.static.public_key().public_bytes_raw())
    state.mix_key(identity.static, theirs)
    hello = {1: ours, 2: static, 3: state.encrypt(identity.chain)}
    await write(pack({SERVER_HELLO: pack(hello)}))
    finish = inner(unpack(await read()), CLIENT_FINISH)
    state.mix_key(ephemeral, state.decrypt(data(finish, 1)))
    login = unpack(state.decrypt(data(finish, 2)))
    return Channel(state.split(), login, read, write)


def _nonce(counter: int) -> bytes:
    return counter.to_bytes(12)
