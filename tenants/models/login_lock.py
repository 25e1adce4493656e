"""Wrong passwords in a row for one e-mail address, whether or not anybody has it."""

import functools
from typing import TypeVar

from django.db import connection, models

from tenants.models.user import User

Row = TypeVar("Row", bound=models.Model)


_FROM = """
    FROM (SELECT 1) asked
    LEFT JOIN tenants_user u ON u.email = %s
    LEFT JOIN tenants_loginlock l ON l.email_hash = %s
"""


class LoginLock(models.Model):
    """Counted for unknown addresses too: an account must not be told from a guess by being locked."""

    email_hash = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_failed_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["last_failed_at"], name="login_lock_old")]  # forgetting old failures


def user_and_lock(email: str, email_hash: str) -> tuple[User | None, LoginLock | None]:
    """Both in one statement, which costs the same whether or not the address is known."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [email, email_hash])
        row = cursor.fetchone()
    first = len(User._meta.concrete_fields)
    return _made(User, row[:first]), _made(LoginLock, row[first:])


def _made(model: type[Row], values: tuple[object, ...]) -> Row | None:
    names = [field.attname for field in model._meta.concrete_fields]
    return model.from_db("default", names, values) if values[0] is not None else None


@functools.cache
def _statement() -> str:
    columns = [f'u."{field.column}"' for field in User._meta.concrete_fields]
    columns += [f'l."{field.column}"' for field in LoginLock._meta.concrete_fields]
    return f"SELECT {', '.join(columns)} {_FROM}"
