"""Keys and certificates that the relay makes up: none of WhatsApp's are here."""

import datetime as dt
import ssl
import time
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from whatsapp.tests.relay.protobuf import pack

PRIME = 2**255 - 19
DAY = 86400


class SigningKey:
    """Signs as Signal's XEdDSA is verified: by a Curve25519 key, with the sign of its Edwards form in the signature.

    https://signal.org/docs/specifications/xeddsa/: whoever verifies turns the Montgomery key u into the Edwards
    y = (u - 1) / (u + 1). So an Ed25519 key does, when its public half is told as u = (1 + y) / (1 - y).
    """

    def __init__(self) -> None:
        self._key = Ed25519PrivateKey.generate()
        self._edwards = self._key.public_key().public_bytes_raw()
        y = int.from_bytes(self._edwards, "little") & (2**255 - 1)
        self.public = ((1 + y) * pow(1 - y, -1, PRIME) % PRIME).to_bytes(32, "little")

    def sign(self, message: bytes) -> bytes:
        signature = bytearray(self._key.sign(message))
        signature[63] |= self._edwards[31] & 0x80
        return bytes(signature)


@dataclass
class Identity:
    """The server's: a key for the handshake, and the chain of certificates from the root to it."""

    root: bytes
    static: X25519PrivateKey
    chain: bytes

    @classmethod
    def make(cls) -> "Identity":
        """Root → intermediate → leaf, as `verifyServerCert` of whatsmeow wants them."""
        root, middle, static = SigningKey(), SigningKey(), X25519PrivateKey.generate()
        intermediate = _certificate(root, 1, 0, middle.public)
        leaf = _certificate(middle, 2, 1, static.public_key().public_bytes_raw())
        return cls(root.public, static, pack({1: leaf, 2: intermediate}))


def _certificate(issuer: SigningKey, serial: int, issuer_serial: int, key: bytes) -> bytes:
    at = int(time.time())
    details = pack({1: serial, 2: issuer_serial, 3: key, 4: at - DAY, 5: at + DAY})
    return pack({1: details, 2: issuer.sign(details)})


def tls_context(folder: Path, hosts: list[str]) -> ssl.SSLContext:
    """TLS for these names; `ca.pem` in the folder is what a client must trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Relay of the tests")])
    at = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - dt.timedelta(days=1)).not_valid_after(at + dt.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = folder / "ca.pem"
    pem.write_bytes(made.public_bytes(Encoding.PEM))
    both = folder / "server.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    both.write_bytes(secret + pem.read_bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return context
