"""Who is who on WhatsApp: canonical phone numbers, business-scoped user ids, and message ids."""

import base64
import hashlib
import random
import re

PHONE = re.compile(r"^\d{5,20}$")
BSUID = re.compile(r"^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$")
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
COUNTRIES = {
    "1": "US", "34": "ES", "44": "GB", "49": "DE", "52": "MX", "54": "AR", "55": "BR", "56": "CL",
    "57": "CO", "58": "VE", "351": "PT", "591": "BO", "593": "EC", "595": "PY", "598": "UY",
}  # fmt: skip


def digits_of(number: str) -> str:
    """The bare digits of what a business typed, or an empty string when it is no phone number."""
    bare = re.sub(r"[\s+()\-.]", "", number)
    return bare if PHONE.match(bare) else ""


def country_of(digits: str) -> str:
    for length in (3, 2, 1):
        if digits[:length] in COUNTRIES:
            return COUNTRIES[digits[:length]]
    return "US"


def variants(digits: str) -> list[str]:
    """Every spelling of one number that WhatsApp treats as the same account, the given one first."""
    found = [digits]
    if digits.startswith("55") and len(digits) == 13 and digits[4] == "9":
        found.append(digits[:4] + digits[5:])
    elif digits.startswith("55") and len(digits) == 12 and digits[4] in "6789":
        found.append(digits[:4] + "9" + digits[4:])
    elif digits.startswith("521") and len(digits) == 13:
        found.append("52" + digits[3:])
    elif digits.startswith("52") and len(digits) == 12:
        found.append("521" + digits[2:])
    elif digits.startswith("549") and len(digits) == 13:
        found.append("54" + digits[3:])
    elif digits.startswith("54") and len(digits) == 12:
        found.append("549" + digits[2:])
    return found


def canonical(digits: str) -> str:
    """WhatsApp's own spelling of a number nobody registered: Mexico and Argentina keep their mobile digit."""
    if re.match(r"^52\d{10}$", digits) or re.match(r"^54\d{10}$", digits):
        return variants(digits)[1]
    return digits


def bsuid(persona: str, portfolio: str, generation: int) -> str:
    """Scoped to the portfolio, and new when the person changes number."""
    number = int.from_bytes(
        hashlib.sha256(f"{persona}|{portfolio}|{generation}".encode()).digest()[:12], "big"
    )
    letters = ""
    while number:
        number, rest = divmod(number, 62)
        letters = ALPHABET[rest] + letters
    return f"{country_of(persona)}.{letters}"


def wamid(peer: str, from_business: bool, rng: random.Random) -> str:
    """Meta's shape: base64 of a small binary record that holds the peer and a random id."""
    marker, length = (0x11, 18) if from_business else (0x12, 20)
    unique = f"{rng.getrandbits(4 * length):0{length}X}".encode()
    head = bytes([0x1C, 0x18, len(peer)]) + peer.encode() + bytes([0x15, 0x02, 0x00, marker, 0x18, length])
    return "wamid." + base64.b64encode(head + unique + b"\x00").decode()
