"""Secrets at rest: a dump holds none of them, and their key can be changed."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from helpdesk.fields import decrypt, encrypt
from tenants.scoping import platform_scope
from tickets.tests.test_connections_api import CREDENTIALS

pytestmark = pytest.mark.django_db


def stored_text() -> str:
    """Every row of every table, as the database keeps it."""
    lines = []
    with platform_scope("a dump"), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            lines += [text for (text,) in cursor.fetchall()]
    return "\n".join(lines)


def test_a_dump_holds_no_clear_secret(as_, ana):
    client = as_(ana)
    client.signed_in["password"] = "correct-horse-battery"
    body = {"name": "Main", "kind": "cloud_api", "credentials": CREDENTIALS}
    assert client.post("/api/connections/", body, format="json").status_code == 201
    made = client.post("/api/api-keys/", {"name": "CRM", "scopes": ["read"]}, format="json").json()
    kept = stored_text()
    assert CREDENTIALS["phone_number_id"] in kept  # the dump really has the row
    secrets = [CREDENTIALS["access_token"], CREDENTIALS["app_secret"], made["key"]]
    secrets += [client.signed_in[name] for name in ("access", "refresh", "password")]
    assert [secret for secret in secrets if secret in kept] == []


def test_a_new_key_encrypts_and_the_previous_one_still_opens(settings):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_KEYS = [old]
    kept = encrypt("token")
    settings.FIELD_KEYS = [new, old]
    assert decrypt(kept) == "token"
    assert Fernet(new).decrypt(encrypt("token").encode()) == b"token"
    settings.FIELD_KEYS = [new]
    with pytest.raises(ImproperlyConfigured):
        decrypt(kept)
