"""Whether an answer gives away what no customer may read: our rules, the company's instructions whole, a key.

Also in disguise: letters apart, invisible signs between them, backwards, in base64 or hex. What is hidden better than
that (a translation, a paraphrase) has lost the words, which are no secret by themselves.
"""

import base64
import binascii
import re
import unicodedata
from collections.abc import Callable, Iterator

RUN = 40  # letters in a row: about eight words, no coincidence
SHARE = 0.6  # of the company's instructions: facts out of them may be told, the whole may not
SHORT = 160  # instructions with fewer letters say no more than an answer would

_KEY = re.compile(
    r"\bsk-[\w-]{16,}|\bhd_\d+_[\w-]{8,}|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{20,}|\bxox[abpr]-[\w-]{10,}"
    r"|\bAIza[\w-]{30,}|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*|-----BEGIN [A-Z ]*PRIVATE KEY"
)
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}[\s:]?){24,}")


def leaks(answer: str, *, rules: str, own: str = "") -> str:
    """What it gives away, in words for the transcript; "" when nothing."""
    if _KEY.search(answer):
        return "a key"
    ours, theirs = _runs(_letters(rules)), _runs(_letters(own))
    for seen in _readings(answer):
        found = _runs(seen)
        if found & ours:
            return "its rules"
        if len(theirs) > SHORT and len(found & theirs) > SHARE * len(theirs):
            return "its instructions"
    return ""


def _readings(answer: str) -> Iterator[str]:
    """The letters as they stand, backwards, and decoded."""
    plain = _letters(answer)
    yield plain
    yield plain[::-1]
    joined = re.sub(r"\s+", "", answer)
    for found in (*_BASE64.findall(answer), *_BASE64.findall(joined)):
        yield _letters(_decoded(lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), found))
    for found in _HEX.findall(answer):
        yield _letters(_decoded(lambda text: bytes.fromhex(re.sub(r"[^0-9a-fA-F]", "", text)), found))


def _decoded(decode: Callable[[str], bytes], text: str) -> str:
    raw = text.replace("+", "-").replace("/", "_").rstrip("=")
    try:
        return decode(raw).decode("utf-8", "ignore")
    except (ValueError, binascii.Error):
        return ""


def _letters(text: str) -> str:
    """Nothing but letters and digits, in one case and without accents."""
    broken = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in broken if sign.isalnum())


def _runs(letters: str) -> set[str]:
    return {letters[at : at + RUN] for at in range(len(letters) - RUN + 1)}
