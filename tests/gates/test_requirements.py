"""docs/requirements.md names tests that exist, for each requirement once."""

import re

from tests.support.stack import ROOT

PAGE = (ROOT / "docs/requirements.md").read_text(encoding="utf-8")
PROOF = re.compile(r"^\| (R\d{3}) \|.*\| `([\w/]+\.py)::(test_\w+)` \|$", re.MULTILINE)


def test_every_requirement_has_one_row():
    assert re.findall(r"^\| R(\d{3}) \|", PAGE, re.MULTILINE) == [f"{number:03d}" for number in range(1, 231)]


def test_every_named_test_exists():
    missing = [
        f"{row}: {path}::{name}"
        for row, path, name in PROOF.findall(PAGE)
        if not (ROOT / path).exists() or f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert PROOF.search(PAGE)
    assert missing == []
