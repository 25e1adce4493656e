"""Prints a .env with fresh secrets: python3 deploy/new_env.py helpdesk.example.com > .env"""

from __future__ import annotations

import base64
import re
import secrets
import sys
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[1] / ".env.example"


def fill(text: str, site: str) -> str:
    """The example with its site and with a fresh value for every empty secret."""
    text = re.sub(r"^SITE_ADDRESS=.*$", f"SITE_ADDRESS={site}", text, flags=re.MULTILINE)
    fernet = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    text = re.sub(r"^FIELD_KEYS=$", f"FIELD_KEYS={fernet}", text, flags=re.MULTILINE)
    # A P-256 scalar: any 32 bytes are one, but for one chance in four billion.
    push = secrets.token_urlsafe(32)
    text = re.sub(r"^VAPID_PRIVATE_KEY=$", f"VAPID_PRIVATE_KEY={push}", text, flags=re.MULTILINE)
    # URL-safe letters only: passwords become part of database addresses.
    names = "SECRET_KEY|JWT_KEYS|POSTGRES_PASSWORD|OWNER_PASSWORD|APP_PASSWORD|REDIS_PASSWORD"
    return re.sub(
        rf"^({names})=$", lambda found: f"{found[1]}={secrets.token_urlsafe(48)}", text, flags=re.MULTILINE
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.stdout.write(fill(EXAMPLE.read_text(), sys.argv[1]))
