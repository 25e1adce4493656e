"""Production settings fail closed: a typing error, a known or a short secret stops the start."""

import os
import secrets
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet

from tests.support.stack import ROOT

GOOD = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": secrets.token_urlsafe(48),
    "JWT_KEYS": secrets.token_urlsafe(48),
    "FIELD_KEYS": Fernet.generate_key().decode(),
    "PUBLIC_URL": "https://helpdesk.example",
    "DATABASE_URL": "postgres://helpdesk_app@db/helpdesk",
    "REDIS_URL": "redis://redis:6379/0",
    "DJANGO_SETTINGS_MODULE": "helpdesk.settings",
}
SHOW = "from django.conf import settings as s; s.ENVIRONMENT; print(s.{})"


def start(show="ENVIRONMENT", **changes):
    values = {key: value for key, value in {**GOOD, **changes}.items() if value is not None}
    return subprocess.run(
        [sys.executable, "-c", SHOW.format(show)],
        env={"PATH": os.environ["PATH"], **values},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_complete_environment_starts():
    assert start().stdout.strip() == "production", start().stderr


def test_an_unknown_environment_is_not_taken_for_development():
    answer = start(ENVIRONMENT="prod")
    assert answer.returncode
    assert "ENVIRONMENT must be one of development, test, production" in answer.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "JWT_KEYS", "FIELD_KEYS"])
@pytest.mark.parametrize("value", [None, "", "short", "development-only-secret-that-production-refuses"])
def test_a_secret_that_can_be_guessed_stops_the_start(name, value):
    if name == "FIELD_KEYS" and value and value.startswith("development"):
        value = _known_field_key()
    answer = start(**{name: value})
    assert answer.returncode
    assert f"{name} " in answer.stderr


def _known_field_key():
    return start("FIELD_KEYS[0]", ENVIRONMENT="development", FIELD_KEYS=None).stdout.strip()


@pytest.mark.parametrize(
    "name", ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "SECURE"]
)
def test_https_brings_secure_cookies_and_hsts(name):
    assert start(name).stdout.strip() in {"True", "31536000"}


def test_a_previous_secret_is_kept_for_verifying_only():
    old = secrets.token_urlsafe(48)
    assert start("SECRET_KEY_FALLBACKS", SECRET_KEY=f"{GOOD['SECRET_KEY']},{old}").stdout.strip() == str(
        [old]
    )
