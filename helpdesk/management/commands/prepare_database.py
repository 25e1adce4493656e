"""Creates roles, database and extensions on an external PostgreSQL, as its administrator; then `migrate`."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from helpdesk import roles
from helpdesk.env import env


class Command(BaseCommand):
    """Safe to run again: it repairs what is missing and sets the passwords of the addresses."""

    help = __doc__ or ""
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--admin-url", help="default: the variable ADMIN_DATABASE_URL")

    def handle(self, *args: Any, **options: Any) -> None:
        admin_url = options["admin_url"] or env("ADMIN_DATABASE_URL")
        if not admin_url:
            raise CommandError("Give --admin-url or set ADMIN_DATABASE_URL: an administrator of the server.")
        app, app_password = roles.credentials(settings.DATABASE_URL)
        owner, owner_password = roles.credentials(settings.DATABASE_OWNER_URL)
        if (app, owner) != (roles.APP, roles.OWNER):
            raise CommandError(
                f"DATABASE_URL must log in as {roles.APP} and DATABASE_OWNER_URL as {roles.OWNER}, "
                f"not as {app or 'nobody'} and {owner or 'nobody'}."
            )
        database = urlsplit(settings.DATABASE_URL).path.lstrip("/")
        roles.prepare(admin_url, database=database, owner_password=owner_password, app_password=app_password)
        self.stdout.write(f"Roles, database {database} and extensions are in place.")
